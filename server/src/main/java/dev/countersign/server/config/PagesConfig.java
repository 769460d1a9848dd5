package dev.countersign.server.config;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.text.Texts;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How the pages look and what they say.
 *
 * @param name the operator, on top of every page
 * @param logo beside the name
 * @param accent the colour of buttons on a light page; readable under {@link #LIGHT}
 * @param accentDark the same on a dark page; readable under {@link #DARK}
 * @param texts what they say, in which languages
 * @param timeZone in which they say when something was or will be
 * @param myGrants whether there is one on which people see and end what they allowed
 */
public record PagesConfig(
    String name,
    Optional<Logo> logo,
    Colour accent,
    Colour accentDark,
    Texts texts,
    ZoneId timeZone,
    boolean myGrants) {
  /** What stands on a button of a light page, and the page's card itself. */
  public static final Colour LIGHT = new Colour("#ffffff");

  /** The same of a dark page. */
  public static final Colour DARK = new Colour("#131a24");

  /** The least contrast of text (WCAG 2.2, success criterion 1.4.3). */
  public static final double LEAST_CONTRAST = 4.5;

  static final Colour ACCENT = new Colour("#0b5cad");
  static final Colour ACCENT_DARK = new Colour("#6cb2ff");

  /** Refuses colours on which nobody can read. */
  public PagesConfig {
    if (accent.contrastTo(LIGHT) < LEAST_CONTRAST || accentDark.contrastTo(DARK) < LEAST_CONTRAST) {
      throw new IllegalArgumentException("PagesConfig.accent must have a contrast of 4.5:1");
    }
  }

  /** The pages of a server whose file says nothing of them: its name is its host. */
  public static PagesConfig usual(Issuer issuer) {
    return usual(issuer.uri().getHost());
  }

  /** The usual pages under a name. */
  public static PagesConfig usual(String name) {
    return new PagesConfig(
        name, Optional.empty(), ACCENT, ACCENT_DARK, Texts.builtIn(), ZoneId.of("UTC"), true);
  }
}
