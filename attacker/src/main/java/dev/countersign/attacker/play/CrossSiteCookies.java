package dev.countersign.attacker.play;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which cookies a browser sends when a page of another site makes it post a form: those without
 * {@code SameSite=Lax} or {@code Strict}. Not every browser takes a cookie without the attribute
 * for {@code Lax}, so that counts as sent. For one thread.
 */
public final class CrossSiteCookies {
  private final Set<String> kept = new HashSet<>();

  /** Nothing is set yet. */
  public CrossSiteCookies() {}

  /** Takes note of a {@code Set-Cookie} field; a later one for the same name counts alone. */
  public void set(String setCookie) {
    String name = name(setCookie);
    if (isKept(setCookie)) {
      kept.add(name);
    } else {
      kept.remove(name);
    }
  }

  /** Of a {@code Cookie} field, what is sent from another site; empty if nothing is. */
  public String sent(String cookie) {
    return Stream.of(cookie.split(";", -1))
        .map(String::trim)
        .filter(one -> !one.isEmpty() && !kept.contains(name(one)))
        .collect(Collectors.joining("; "));
  }

  /** Whether a cookie that was set so stays away from the posts of other sites. */
  public static boolean isKept(String setCookie) {
    return Stream.of(setCookie.split(";", -1))
        .skip(1)
        .map(one -> one.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
        .anyMatch(List.of("samesite=lax", "samesite=strict")::contains);
  }

  private static String name(String cookie) {
    return cookie.split("[=;]", 2)[0].trim();
  }
}
