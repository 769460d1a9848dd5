package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.Bounds;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads header fields of others, leniently: an odd answer is looked at, too. */
final class Fields {
  private Fields() {}

  /** A quoted or bare parameter of a challenge. */
  static Optional<String> parameter(String field, String name) {
    Pattern pattern =
        Pattern.compile(
            "(?i)(?:^|[\\s,])" + Pattern.quote(name) + "\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");
    Matcher found = pattern.matcher(field);
    if (!found.find()) {
      return Optional.empty();
    }
    return Optional.of(found.group(1) != null ? found.group(1) : found.group(2));
  }

  /** {@code host:port} of a URL, in lower case; 443 or 80 where none is named. */
  static String authority(URI url) {
    return Bounds.authority(url);
  }
}
