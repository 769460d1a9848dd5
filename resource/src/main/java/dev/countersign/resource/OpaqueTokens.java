package dev.countersign.resource;

import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Says what an opaque access token allows at this resource server: nothing can be read from such a
 * token, so its issuer is asked at each request that brings one. A port: {@link Introspection} asks
 * the authorization server, and an API in the same process may ask it without a detour.
 *
 * <p>Used by many threads at once.
 */
@FunctionalInterface
public interface OpaqueTokens {

  /** The form of those that Countersign issues: 256 random bits, in base64url. */
  Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * What the issuer says of a token.
   *
   * @param token of the form of the issuer's, sent with a good proof for it or over a connection
   *     with a certificate; whether it is a token at all, nobody has said yet
   * @param now the time of the request
   * @return the request is refused with {@code invalid_token} unless the token is active and {@code
   *     iss}, {@code aud}, {@code sub}, {@code client_id}, {@code jti}, {@code iat}, {@code exp}
   *     and {@code cnf} are said of it, as a JWT would
   * @throws TokenStatusUnavailableException when nothing can be said; the request is then refused
   *     with 503
   */
  IntrospectionResponse introspect(AccessToken token, Instant now);

  /** Knows none: every opaque token is refused, and nobody is asked. */
  @Enforces("SP-5.3.4-3")
  static OpaqueTokens none() {
    return (token, now) -> new IntrospectionResponse.Inactive();
  }
}
