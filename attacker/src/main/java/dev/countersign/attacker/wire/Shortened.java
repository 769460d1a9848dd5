package dev.countersign.attacker.wire;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes exchanges fit to be shown. Whoever reads a report can follow what was sent, and can use
 * nothing of it: of a JWT the header and claims are left, less the secrets among them; of every
 * other secret its first characters.
 */
final class Shortened {
  private static final int LONGEST = 4000;
  private static final int LONGEST_FIELD = 1000;
  private static final int KEPT = 4;

  /** JWTs within the claims of JWTs, and so on: what is deeper is not shown. */
  private static final int DEEPEST = 3;

  private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");
  private static final Set<String> NAMED = Set.of("cookie", "set-cookie");
  private static final Set<String> LISTS = Set.of("dpop", "dpop-nonce", "signature");

  private static final Pattern JWT =
      Pattern.compile(
          "(" + Secrets.JWT_BEGINS + "[\\w-]*+)\\.([\\w-]*+)\\.[\\w-]*+((?:\\.[\\w-]*+)*+)");
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z-]{0,15}+ ++)(.*+)");
  private static final Pattern NAME = Pattern.compile("([\\w-]{1,40}+=)(.*+)");
  private static final Pattern HIDDEN_INPUT =
      Pattern.compile("(?i)(type=\"?hidden\"?[^>]*value=\"?|value=\"?)([^\"\\s>]{12,})");

  private Shortened() {}

  static String url(URI url) {
    return line(url.toString());
  }

  static String line(String line) {
    return text(line, LONGEST_FIELD);
  }

  static List<Map.Entry<String, String>> fields(List<Map.Entry<String, String>> fields) {
    List<Map.Entry<String, String>> shown = new ArrayList<>();
    for (Map.Entry<String, String> field : fields) {
      shown.add(Map.entry(field.getKey(), field(field.getKey(), field.getValue())));
    }
    return shown;
  }

  /** Keeps the scheme of each credential of a list, and the name of a cookie or signature. */
  private static String field(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (CREDENTIALS.contains(lower)) {
      return cut(each(value, SCHEME), LONGEST_FIELD);
    }
    if (NAMED.contains(lower)) {
      return behind(NAME, value);
    }
    return LISTS.contains(lower)
        ? cut(each(value, NAME), LONGEST_FIELD)
        : text(value, LONGEST_FIELD);
  }

  private static String each(String list, Pattern kept) {
    return Arrays.stream(list.split(",", -1))
        .map(one -> behind(kept, one.strip()))
        .collect(Collectors.joining(", "));
  }

  private static String behind(Pattern kept, String value) {
    Matcher found = kept.matcher(value);
    return found.matches() && !found.group(2).isEmpty()
        ? found.group(1) + secret(found.group(2))
        : secret(value);
  }

  static String body(String contentType, byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 4 * LONGEST), StandardCharsets.UTF_8);
    return contentType.toLowerCase(Locale.ROOT).contains("html")
        ? text(HIDDEN_INPUT.matcher(text).replaceAll("$1…"), LONGEST)
        : text(text, LONGEST);
  }

  private static String text(String text, int most) {
    return cut(text, 0, most);
  }

  private static String cut(String text, int depth, int most) {
    return cut(Secrets.replaced(text, found -> secret(found, depth)), most);
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }

  /** What may be left of a secret. */
  static String secret(String value) {
    return secret(value, 0);
  }

  private static String secret(String value, int depth) {
    Matcher jwt = JWT.matcher(value);
    if (jwt.matches()) {
      String claims = jwt.group(3).isEmpty() ? decoded(jwt.group(2), depth) : "…";
      return decoded(jwt.group(1), depth) + "." + claims + ".…";
    }
    if (value.isEmpty()) {
      return "";
    }
    return value.substring(0, Math.min(KEPT, value.length() / 4))
        + "… ("
        + value.length()
        + " characters)";
  }

  private static String decoded(String part, int depth) {
    if (depth == DEEPEST) {
      return "…";
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
      return cut(text, depth + 1, LONGEST_FIELD);
    } catch (IllegalArgumentException e) {
      return "…";
    }
  }

  /** A form without what a person types, whatever the fields are called. */
  static String untyped(String form, Set<String> typed) {
    String shown = "&" + form;
    for (String name : typed) {
      String field = URLEncoder.encode(name, StandardCharsets.UTF_8);
      shown = shown.replaceAll("(?<=&" + Pattern.quote(field) + "=)[^&]*", "…");
    }
    return shown.substring(1);
  }
}
