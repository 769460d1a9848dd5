package dev.countersign.it.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.Locale;

/** How a person looks at pages. */
enum Look {
  LIGHT_DESKTOP(ColorScheme.LIGHT, 1280, 900),
  DARK_DESKTOP(ColorScheme.DARK, 1280, 900),
  LIGHT_PHONE(ColorScheme.LIGHT, 360, 740),
  DARK_PHONE(ColorScheme.DARK, 360, 740);

  private final ColorScheme scheme;
  private final int width;
  private final int height;

  Look(ColorScheme scheme, int width, int height) {
    this.scheme = scheme;
    this.width = width;
    this.height = height;
  }

  /** A browser of that size and those colours, in that language. */
  Browser.NewContextOptions options(Web web, String language) {
    return new Browser.NewContextOptions()
        .setColorScheme(scheme)
        .setViewportSize(width, height)
        // So that what is looked at stands still.
        .setReducedMotion(ReducedMotion.REDUCE)
        .setIgnoreHTTPSErrors(web.strangers())
        .setLocale(language);
  }

  /** Its part of a file's name. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
