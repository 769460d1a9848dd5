package dev.countersign.it.browser;

import com.microsoft.playwright.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The people of one test, each at a browser of their own. For one thread. */
final class Visitors implements AutoCloseable {
  private final Supplier<SharedBrowser> shared;
  private final List<Visitor> all = new ArrayList<>();

  Visitors(Supplier<SharedBrowser> shared) {
    this.shared = shared;
  }

  /** Somebody at a desktop who reads English. */
  Visitor visitor(Web web) {
    return visitor(web, Look.LIGHT_DESKTOP, "en-GB");
  }

  /** Somebody with an empty browser. */
  Visitor visitor(Web web, Look look, String language) {
    return visitor(web, look, look.options(web, language));
  }

  /** Somebody whose browser runs no script. */
  Visitor visitorWithoutScript(Web web) {
    Look look = Look.LIGHT_DESKTOP;
    return visitor(web, look, look.options(web, "en-GB").setJavaScriptEnabled(false));
  }

  private Visitor visitor(Web web, Look look, Browser.NewContextOptions options) {
    Visitor visitor = new Visitor(shared.get().browser().newContext(options), web, look);
    all.add(visitor);
    return visitor;
  }

  /** Fails if anything went wrong in a page, or a page asked for something elsewhere. */
  void requireNoFaults() {
    all.forEach(Visitor::requireNoFaults);
  }

  /** Keeps a picture of each page that is open, for whoever looks into a failure. */
  void keepPictures(String name) {
    Path folder = Pictures.FOLDER.resolve("failed");
    for (int i = 0; i < all.size(); i++) {
      all.get(i).keepPictures(folder, name + "-" + i);
    }
  }

  @Override
  public void close() {
    all.forEach(Visitor::close);
    all.clear();
  }
}
