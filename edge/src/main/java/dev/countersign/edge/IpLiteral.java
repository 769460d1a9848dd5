package dev.countersign.edge;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses as people and proxies write them. Stricter than Java, which takes {@code 10} for
 * {@code 0.0.0.10} and knows zones.
 */
final class IpLiteral {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PORT = Pattern.compile("(:\\d{1,5})?");

  private IpLiteral() {}

  /** The address; empty if the text is none. */
  static Optional<InetAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The address in front of a port, which may be missing: IPv6 then needs no brackets. */
  static Optional<InetAddress> parseWithPort(String text) {
    int end = text.indexOf(']');
    if (text.startsWith("[") && end > 0) {
      String address = text.substring(1, end);
      return PORT.matcher(text.substring(end + 1)).matches() && address.contains(":")
          ? parse(address)
          : Optional.empty();
    }
    int colon = text.indexOf(':');
    return colon >= 0
            && colon == text.lastIndexOf(':')
            && PORT.matcher(text.substring(colon)).matches()
        ? parse(text.substring(0, colon))
        : parse(text);
  }
}
