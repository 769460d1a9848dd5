package dev.countersign.server.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A colour of the pages, {@code #rrggbb}.
 *
 * @param hex in small letters
 */
public record Colour(String hex) {
  private static final Pattern FORM = Pattern.compile("#[0-9a-f]{6}");

  /** Refuses every other form. */
  public Colour {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("Colour must be #rrggbb");
    }
  }

  /** The contrast to another colour, 1 to 21 (WCAG 2.2, contrast ratio). */
  public double contrastTo(Colour other) {
    double one = luminance();
    double two = other.luminance();
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  }

  /** WCAG 2.2, relative luminance. */
  private double luminance() {
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  }

  private double channel(int at) {
    double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
