package dev.countersign.protocol.oauth;

import dev.countersign.protocol.http.Authority;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.IntPredicate;

/** The character classes of the OAuth grammars, and the checks that value types share. */
final class Characters {

  /** Printable ASCII without space: {@code %x21-7E}. */
  static final IntPredicate VISIBLE = c -> c >= 0x21 && c <= 0x7E;

  /** RFC 6749 appendix A, VSCHAR: {@code %x20-7E}. */
  static final IntPredicate VSCHAR = c -> c >= 0x20 && c <= 0x7E;

  /** RFC 6749 appendix A, NQCHAR: {@code %x21 / %x23-5B / %x5D-7E}. */
  static final IntPredicate NQCHAR = c -> VISIBLE.test(c) && c != '"' && c != '\\';

  /** Any Unicode character that a log line or a database column can hold. */
  static final IntPredicate NOT_CONTROL =
      c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;

  private Characters() {}

  /**
   * Gives {@code value} back if it has 1 to {@code max} characters of {@code allowed}; refuses it
   * with {@link IllegalArgumentException} otherwise. The message never holds the value.
   */
  static String require(String name, String value, int max, IntPredicate allowed, String rule) {
    if (value.isEmpty() || value.length() > max) {
      throw new IllegalArgumentException(
          name + " must have 1 to " + max + " characters (" + rule + ")");
    }
    if (!consistsOf(value, allowed)) {
      throw new IllegalArgumentException(
          name + " has a character that is not allowed (" + rule + ")");
    }
    return value;
  }

  /** A loop and not a stream: many values of every request come by here. */
  private static boolean consistsOf(String value, IntPredicate allowed) {
    for (int i = 0; i < value.length(); ) {
      int character = value.codePointAt(i);
      if (!allowed.test(character)) {
        return false;
      }
      i += Character.charCount(character);
    }
    return true;
  }

  /** {@code value} as an absolute URI without fragment, of visible ASCII only. */
  static URI absoluteUri(String name, String value, int max, String rule) {
    require(name, value, max, VISIBLE.and(c -> c != '\\'), rule);
    try {
      URI uri = new URI(value);
      if (!uri.isAbsolute() || value.indexOf('#') >= 0) {
        throw new IllegalArgumentException(
            name + " must be an absolute URI without fragment (" + rule + ")");
      }
      return uri;
    } catch (URISyntaxException notAUri) {
      throw new IllegalArgumentException(name + " is not a URI (" + rule + ")", notAUri);
    }
  }

  /** Refuses an authority with user information, without host or with a port out of range. */
  static void requirePlainAuthority(String name, URI uri, String rule) {
    if (!Authority.isPlain(uri)) {
      throw new IllegalArgumentException(
          name + " must name a host, at most a port, and no user (" + rule + ")");
    }
  }
}
