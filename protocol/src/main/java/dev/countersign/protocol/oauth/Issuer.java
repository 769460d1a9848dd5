package dev.countersign.protocol.oauth;

import dev.countersign.requirement.Enforces;
import java.net.URI;

/**
 * The identifier of an authorization server: an {@code https} URL without query, fragment and user
 * (RFC 8414 section 2). Two issuers are the same only if they agree character by character (RFC
 * 9207 section 2.4); nothing is normalised.
 *
 * @param value at most 512 characters
 */
@Enforces({"OA-8"})
public record Issuer(String value) {

  private static final String WELL_KNOWN = "/.well-known/";

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public Issuer {
    URI uri = Characters.absoluteUri("Issuer", value, 512, "OA-8");
    if (!value.startsWith("https://") || uri.getRawQuery() != null) {
      throw new IllegalArgumentException("Issuer must be an https URL without query (OA-8)");
    }
    Characters.requirePlainAuthority("Issuer", uri, "OA-8");
  }

  /** The identifier as a URI. */
  public URI uri() {
    return URI.create(value);
  }

  /** Where OpenID Connect Discovery section 4 finds the metadata: appended to the issuer. */
  public URI openIdConfiguration() {
    return URI.create(withoutLastSlash(value) + WELL_KNOWN + "openid-configuration");
  }

  /** Where RFC 8414 section 3 finds the metadata: inserted between host and path. */
  public URI oauthMetadata() {
    String path = uri().getRawPath();
    String origin = value.substring(0, value.length() - path.length());
    return URI.create(origin + WELL_KNOWN + "oauth-authorization-server" + withoutLastSlash(path));
  }

  private static String withoutLastSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The identifier itself. */
  @Override
  public String toString() {
    return value;
  }
}
