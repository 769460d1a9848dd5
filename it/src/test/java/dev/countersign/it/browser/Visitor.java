package dev.countersign.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;

/**
 * A person at a browser with cookies and history of their own. What goes wrong in a page is noted:
 * errors and warnings of the console, to which each breach of a content security policy belongs,
 * and requests to places that are none of the test's. For one thread.
 */
final class Visitor {
  private static final double PATIENCE_MILLIS = 10_000;
  private static final String STATUS =
      "Failed to load resource: the server responded with a status";

  private final BrowserContext context;
  private final Web web;
  private final Look look;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> refusedPages = new HashSet<>();
  private Page page;

  Visitor(BrowserContext context, Web web, Look look) {
    this.context = context;
    this.web = web;
    this.look = look;
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onConsoleMessage(this::note);
    context.onWebError(error -> faults.add("script: " + error.error()));
    context.onRequest(this::note);
    context.onResponse(this::note);
    this.page = context.newPage();
  }

  private void note(ConsoleMessage message) {
    // That a page itself was refused is no fault of the page that says so.
    String source = message.location().split("#", 2)[0];
    boolean refusal =
        message.text().startsWith(STATUS) && refusedPages.stream().anyMatch(source::startsWith);
    if (Set.of("error", "warning").contains(message.type()) && !refusal) {
      faults.add("console: " + message.text() + " at " + message.location());
    }
  }

  private void note(Request request) {
    if (!web.holds(request.url())) {
      faults.add("request to elsewhere: " + request.url());
    }
  }

  private void note(Response response) {
    if (response.status() >= 400 && response.request().isNavigationRequest()) {
      refusedPages.add(response.url());
    }
  }

  /** The tab in front. */
  Page page() {
    return page;
  }

  /** How this person looks at pages. */
  Look look() {
    return look;
  }

  /** Opens another tab, which is in front from now on. */
  Page newTab() {
    page = context.newPage();
    return page;
  }

  /** Goes back to a tab. */
  void switchTo(Page tab) {
    page = tab;
    tab.bringToFront();
  }

  /** Types an address. */
  Visitor open(URI address) {
    page.navigate(address.toString());
    return this;
  }

  /** The element of the page in front. */
  Locator find(String selector) {
    return page.locator(selector);
  }

  /** Waits until the element is there to see. */
  Visitor sees(String selector) {
    assertThat(find(selector).first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    return this;
  }

  /** Waits until the page says this somewhere to see. */
  Visitor reads(String text) {
    assertThat(find("body"))
        .containsText(
            text,
            new LocatorAssertions.ContainsTextOptions()
                .setUseInnerText(true)
                .setTimeout(PATIENCE_MILLIS));
    return this;
  }

  /** Waits until the tab is at a page below the address. */
  Visitor isAt(URI address) {
    page.waitForURL(url -> url.startsWith(address.toString()));
    return this;
  }

  /** Clicks. */
  Visitor click(String selector) {
    find(selector).click();
    return this;
  }

  /**
   * Clicks, and waits until what comes of it was sent below the address, which gets no page as its
   * answer this once: so the page that sent it stays.
   */
  Visitor clickUnanswered(String selector, URI address) {
    String below = address + "**";
    AtomicBoolean sent = new AtomicBoolean();
    page.route(
        below,
        route -> {
          route.fulfill(new Route.FulfillOptions().setStatus(204));
          sent.set(true);
        });
    click(selector);
    page.waitForCondition(sent::get);
    page.unroute(below);
    return this;
  }

  /** Types into a field in place of what is there. */
  Visitor type(String selector, String text) {
    find(selector).fill(text);
    return this;
  }

  /**
   * Keeps a picture of the page under this name, and fails if not everybody can use the page or if
   * it is wider than the screen.
   */
  Visitor looksRight(String name) {
    Pictures.keepWhole(page, Pictures.FOLDER, name + "-" + look.fileName());
    return isForEverybody(name);
  }

  /** As {@link #looksRight}, of what is in the window. */
  Visitor windowLooksRight(String name) {
    Pictures.keepWindow(page, Pictures.FOLDER, name + "-" + look.fileName());
    return isForEverybody(name);
  }

  private Visitor isForEverybody(String name) {
    Axe.requireAccessible(this);
    Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
        .as("width of %s", name)
        .isEqualTo(page.viewportSize().width);
    return this;
  }

  void keepPictures(Path folder, String name) {
    List<Page> pages = context.pages();
    for (int i = 0; i < pages.size(); i++) {
      Pictures.keepWhole(pages.get(i), folder, name + "-" + i);
    }
  }

  void requireNoFaults() {
    Assertions.assertThat(faults).as("what went wrong in pages").isEmpty();
  }

  /** What went wrong so far; a test that provokes a fault takes it away. */
  List<String> takeFaults() {
    List<String> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }

  void close() {
    context.close();
  }
}
