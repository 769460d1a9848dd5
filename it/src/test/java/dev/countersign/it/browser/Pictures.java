package dev.countersign.it.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Pictures of pages, kept for a person to look at. */
final class Pictures {
  /** Where they are after a build. */
  static final Path FOLDER = Path.of("target", "screenshots");

  private static final Pattern NOT_FOR_FILES = Pattern.compile("[^A-Za-z0-9.-]+");

  private Pictures() {}

  /** Keeps the whole page, not only what fits into the window. */
  static void keepWhole(Page page, Path folder, String name) {
    page.screenshot(to(folder, name).setFullPage(true));
  }

  /** Keeps what is in the window; a page that reacts to its size notices nothing. */
  static void keepWindow(Page page, Path folder, String name) {
    page.screenshot(to(folder, name));
  }

  private static Page.ScreenshotOptions to(Path folder, String name) {
    String file = NOT_FOR_FILES.matcher(name).replaceAll("-") + ".png";
    return new Page.ScreenshotOptions().setPath(folder.resolve(file));
  }
}
