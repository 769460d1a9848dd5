package dev.countersign.protocol.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one field value as {@code #challenge} (RFC 9110 section 11.6.1). The grammar is ambiguous
 * at a comma - the next word begins an attribute or a challenge - and is decided by what follows
 * the word: an equals sign makes it an attribute.
 */
final class ChallengeParser {

  private static final int MAX_LENGTH = 8192;

  private final String text;
  private int at;

  private ChallengeParser(String text) {
    this.text = text;
  }

  /** All challenges, or none if the value is not well-formed. */
  static List<Challenge> parse(String value) {
    if (value.length() > MAX_LENGTH) {
      return List.of();
    }
    try {
      return new ChallengeParser(value).challenges();
    } catch (IllegalArgumentException notWellFormed) {
      return List.of();
    }
  }

  private List<Challenge> challenges() {
    List<Challenge> challenges = new ArrayList<>();
    skipCommas();
    while (at < text.length()) {
      challenges.add(challenge());
      skipCommas();
    }
    return challenges;
  }

  private Challenge challenge() {
    String scheme = token();
    if (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ',') {
      throw malformed();
    }
    skipSpace();
    if (skipToken68()) {
      return new Challenge(scheme, Map.of());
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    while (attributeFollows()) {
      String name = token().toLowerCase(Locale.ROOT);
      skipSpace();
      at++; // the equals sign
      skipSpace();
      if (attributes.put(name, value()) != null) {
        throw malformed();
      }
      skipSpace();
      requireCommaOrEnd();
      int afterAttribute = at;
      skipCommas();
      if (!attributeFollows()) {
        at = afterAttribute;
        break;
      }
    }
    requireCommaOrEnd();
    return new Challenge(scheme, attributes);
  }

  /** Whether a token and an equals sign come next, and not the padding of a token68. */
  private boolean attributeFollows() {
    int end = at;
    while (end < text.length() && Tokens.isTokenChar(text.charAt(end))) {
      end++;
    }
    if (end == at) {
      return false;
    }
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    return end < text.length() && text.charAt(end) == '=';
  }

  /** Steps over a token68 that stands alone until the next comma or the end. */
  private boolean skipToken68() {
    int end = at;
    while (end < text.length() && isToken68Char(text.charAt(end))) {
      end++;
    }
    int body = end;
    while (end < text.length() && text.charAt(end) == '=') {
      end++;
    }
    int next = end;
    while (next < text.length() && isSpace(text.charAt(next))) {
      next++;
    }
    if (body == at || (next < text.length() && text.charAt(next) != ',')) {
      return false;
    }
    at = next;
    return true;
  }

  private String value() {
    return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return value.toString();
      }
      if (c == '\\') {
        at++;
        if (at == text.length()) {
          throw malformed();
        }
        c = text.charAt(at);
      }
      value.append(c);
    }
    throw malformed();
  }

  private String token() {
    int start = at;
    while (at < text.length() && Tokens.isTokenChar(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return text.substring(start, at);
  }

  private void requireCommaOrEnd() {
    if (at < text.length() && text.charAt(at) != ',') {
      throw malformed();
    }
  }

  private void skipCommas() {
    while (at < text.length() && (text.charAt(at) == ',' || isSpace(text.charAt(at)))) {
      at++;
    }
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isToken68Char(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-._~+/".indexOf(c) >= 0;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not a list of challenges");
  }
}
