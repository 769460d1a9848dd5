package dev.countersign.attacker.wire;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes exchanges fit to be shown. Whoever reads a report can follow what was sent, and can use
 * nothing of it: of a JWT the header and claims are left, of every other secret its first
 * characters.
 */
final class Shortened {
  private static final int LONGEST = 4000;
  private static final int LONGEST_FIELD = 1000;
  private static final int KEPT = 4;

  /** Parameters and members that are secrets, or that a session hangs on. */
  private static final Set<String> SECRET =
      Set.of(
          "code",
          "code_verifier",
          "access_token",
          "refresh_token",
          "id_token",
          "token",
          "client_secret",
          "client_assertion",
          "request",
          "response",
          "request_uri",
          "password",
          "registration_access_token",
          "auth_req_id",
          "id_token_hint");

  private static final Set<String> SECRET_FIELDS =
      Set.of("authorization", "dpop", "cookie", "set-cookie", "dpop-nonce", "signature");

  private static final Pattern JSON_SECRET =
      Pattern.compile("\"(" + String.join("|", SECRET) + ")\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern URL_SECRET =
      Pattern.compile("(?<=[?&#])(" + String.join("|", SECRET) + ")=([^&#\\s\"'<>]*)");
  private static final Pattern JWT = Pattern.compile("\\b(eyJ[\\w-]*)\\.([\\w-]*)\\.([\\w-]*)");
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
      boolean secret = SECRET_FIELDS.contains(field.getKey().toLowerCase(Locale.ROOT));
      String value = secret ? credentials(field.getValue()) : text(field.getValue(), LONGEST_FIELD);
      shown.add(Map.entry(field.getKey(), value));
    }
    return shown;
  }

  /** Keeps the scheme, or the name of a cookie. */
  private static String credentials(String value) {
    int space = value.indexOf(' ');
    int equals = value.indexOf('=');
    int end = space > 0 && (equals < 0 || space < equals) ? space : equals;
    if (end < 0) {
      return secret(value);
    }
    return value.substring(0, end + 1) + secret(value.substring(end + 1));
  }

  static String body(String contentType, byte[] body) {
    String text = new String(body, 0, Math.min(body.length, 4 * LONGEST), StandardCharsets.UTF_8);
    if (contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      return text("&" + text, LONGEST).substring(1);
    }
    if (contentType.toLowerCase(Locale.ROOT).contains("html")) {
      return text(HIDDEN_INPUT.matcher(text).replaceAll("$1…"), LONGEST);
    }
    return text(text, LONGEST);
  }

  private static String text(String text, int most) {
    String shown =
        replace(
            JSON_SECRET,
            "&" + text,
            found -> "\"" + found.group(1) + "\": \"" + secret(found.group(2)) + "\"");
    shown = replace(URL_SECRET, shown, found -> found.group(1) + "=" + secret(found.group(2)));
    shown = replace(JWT, shown, found -> secret(found.group())).substring(1);
    return shown.length() > most ? shown.substring(0, most) + "…" : shown;
  }

  private static String replace(
      Pattern pattern, String text, java.util.function.Function<Matcher, String> shown) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(shown.apply((Matcher) found)));
  }

  /** What may be left of a secret. */
  static String secret(String value) {
    Matcher jwt = JWT.matcher(value);
    if (jwt.matches()) {
      return decoded(jwt.group(1)) + "." + decoded(jwt.group(2)) + ".…";
    }
    if (value.isEmpty()) {
      return "";
    }
    return value.substring(0, Math.min(KEPT, value.length() / 4))
        + "… ("
        + value.length()
        + " characters)";
  }

  private static String decoded(String part) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
      return text.length() > LONGEST_FIELD ? text.substring(0, LONGEST_FIELD) + "…" : text;
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
