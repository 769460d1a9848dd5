package dev.countersign.protocol.dpop;

import dev.countersign.requirement.Enforces;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as far as {@code htu} is concerned: without query and fragment, in the normal form of RFC
 * 3986 sections 6.2.2 and 6.2.3, so that equal targets are equal strings. Done by hand because
 * {@link java.net.URI#normalize} also joins empty path segments, which are different targets.
 */
record TargetUri(String normal) {

  private static final int LONGEST = 8192;
  // Possessive throughout: neither time nor stack grows with tricks in the text.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.\\-]*)://"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})++)"
              + "(?::(?<port>[0-9]{0,5}))?"
              + "(?<path>(?:/(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*+)*+)"
              + "(?:[?#].*)?",
          Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9\\-._~]");

  /** The target of an http or https URL without user information; empty for anything else. */
  @Enforces({"DP-4"})
  static Optional<TargetUri> parse(String url) {
    if (url.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String scheme = matcher.group("scheme").toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return Optional.empty();
    }
    String host = unescapeUnreserved(matcher.group("host")).toLowerCase(Locale.ROOT);
    String port = port(scheme, Optional.ofNullable(matcher.group("port")).orElse(""));
    String path = withoutDotSegments(unescapeUnreserved(matcher.group("path")));
    return Optional.of(new TargetUri(scheme + "://" + host + port + path));
  }

  private static String port(String scheme, String digits) {
    if (digits.isEmpty()) {
      return "";
    }
    int port = Integer.parseInt(digits);
    int usual = scheme.equals("https") ? 443 : 80;
    return port == usual ? "" : ":" + port;
  }

  /** RFC 3986 sections 6.2.2.1 and 6.2.2.2. */
  private static String unescapeUnreserved(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape -> {
              String octet = Character.toString((char) Integer.parseInt(escape.group(1), 16));
              return UNRESERVED.matcher(octet).matches()
                  ? octet
                  : escape.group().toUpperCase(Locale.ROOT);
            });
  }

  /** RFC 3986 section 5.2.4; an empty path becomes a slash (section 6.2.3). */
  private static String withoutDotSegments(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String[] given = path.isEmpty() ? new String[] {""} : path.substring(1).split("/", -1);
    for (int i = 0; i < given.length; i++) {
      boolean dots = given[i].equals(".") || given[i].equals("..");
      if (given[i].equals("..")) {
        segments.pollLast();
      }
      if (!dots) {
        segments.addLast(given[i]);
      } else if (i == given.length - 1) {
        segments.addLast("");
      }
    }
    return "/" + String.join("/", segments);
  }
}
