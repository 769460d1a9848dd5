package dev.countersign.protocol.introspection;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import java.time.Instant;

/**
 * The proof that an authorization server says: this token stands, here and now. Only {@link
 * IntrospectionVerifier} makes one. It does not say that the caller holds the key.
 */
public sealed interface VerifiedIntrospection permits IntrospectionVerifier.Verified {

  /** The whole answer. */
  IntrospectionResponse.Active answer();

  /** The first instant at which the token is no longer good. */
  Instant exp();

  /** What the token is bound to. */
  Confirmation cnf();

  /**
   * Whether the answer is about the token of these claims: it names the same binding, and the same
   * token if it names one.
   */
  default boolean isAbout(AccessTokenClaims token) {
    return cnf().equals(token.cnf())
        && answer().jti().filter(jti -> !jti.equals(token.jti())).isEmpty();
  }
}
