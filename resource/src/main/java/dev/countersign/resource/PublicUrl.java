package dev.countersign.resource;

import dev.countersign.protocol.http.Authority;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The URL under which the world addresses this resource server. {@code htu} is compared with it and
 * never with the Host header, so that a proxy in front breaks nothing and a forged Host opens
 * nothing.
 *
 * @param value https, without query and fragment; its path is a prefix, a slash at its end is left
 *     out
 */
public record PublicUrl(URI value) {

  /**
   * Checks the URL.
   *
   * @throws IllegalArgumentException when it is not such a URL; the message gives an example
   */
  public PublicUrl {
    if (!"https".equalsIgnoreCase(value.getScheme())
        || !Authority.isPlain(value)
        || value.getRawQuery() != null
        || value.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "PublicUrl must be https without user, query and fragment (SP-5.2.1-1), for example"
              + " https://api.example.com/v1");
    }
    String text = value.toString();
    value = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : value;
  }

  /** From its text, with the same checks. */
  public static PublicUrl of(String value) {
    return new PublicUrl(URI.create(value));
  }

  /**
   * The full URL of a path below this one.
   *
   * @param path raw, beginning with a slash
   * @throws URISyntaxException when the path is none
   */
  @Enforces({"DP-4", "SP-5.3.4-5"})
  URI at(String path) throws URISyntaxException {
    return new URI(value + path);
  }
}
