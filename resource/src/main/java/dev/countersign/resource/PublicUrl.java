package dev.countersign.resource;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URL under which the world addresses this resource server. {@code htu} is compared with it and
 * never with the Host header, so that a proxy in front breaks nothing and a forged Host opens
 * nothing.
 *
 * @param value https, without query and fragment; its path is a prefix, a slash at its end is left
 *     out
 */
public record PublicUrl(URI value) {
  private static final Pattern AMBIGUOUS_PATH =
      Pattern.compile("[?#\\\\]|/(\\.|%2[eE]){1,2}(;[^/]*)?(/|$)");

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

  /**
   * The URL that the proof of a request must name, without query. A path with dot segments, or with
   * a query hidden in it, is refused: what was signed and what a host serves by that path might be
   * two things.
   */
  @Enforces("DP-4")
  URI of(ResourceRequest request) {
    if (AMBIGUOUS_PATH.matcher(request.path()).find()) {
      throw refusal("the path of the request is ambiguous");
    }
    try {
      return at(request.path());
    } catch (URISyntaxException e) {
      throw refusal("the path of the request is malformed");
    }
  }

  /**
   * The full URL of a request, as a signature names it (RFC 9421 section 2.2.2): scheme and host in
   * lower case, without the port that is meant anyway, and its query.
   *
   * @return empty if path or query is such that there is no URL, or has other characters than ASCII
   */
  Optional<URI> target(ResourceRequest request) {
    String port = value.getPort() == -1 || value.getPort() == 443 ? "" : ":" + value.getPort();
    String text =
        "https://"
            + value.getHost().toLowerCase(Locale.ROOT)
            + port
            + value.getRawPath()
            + request.path()
            + request.query().map(query -> "?" + query).orElse("");
    try {
      URI url = new URI(text);
      boolean plain = url.getRawFragment() == null && url.toASCIIString().equals(text);
      return plain ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether a URL is one of the same scheme, host and port. */
  boolean hasOriginOf(URI other) {
    return "https".equalsIgnoreCase(other.getScheme())
        && value.getHost().equalsIgnoreCase(other.getHost())
        && port(value) == port(other);
  }

  private static int port(URI https) {
    return https.getPort() == -1 ? 443 : https.getPort();
  }

  private static RefusalException refusal(String description) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, "DP-4", description).exception();
  }
}
