package dev.countersign.resource;

import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Enforces;
import java.time.Instant;

/**
 * Says what an opaque access token allows at this resource server: nothing can be read from such a
 * token, so its issuer is asked at each request that brings one. A port: {@link Introspection} asks
 * the authorization server, and an API in the same process may ask it without a detour.
 *
 * <p>Used by many threads at once.
 */
@FunctionalInterface
public interface OpaqueTokens {

  /**
   * What the issuer says of a token.
   *
   * @param token nothing about it is verified
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
