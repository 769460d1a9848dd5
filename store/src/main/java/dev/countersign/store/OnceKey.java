package dev.countersign.store;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * The name of something that may happen only once: an assertion, a proof or a request object,
 * recognised by its {@code jti} within what its owner chose. The owner is part of the key, so that
 * nobody can use up another's {@code jti}.
 *
 * @param kind what the {@code jti} belongs to; two kinds never meet
 * @param digest SHA-256 over kind, owner and {@code jti}
 * @param until the last instant at which the thing would still be accepted; the key may be
 *     forgotten {@link OnceKeys#MARGIN} after it
 */
public record OnceKey(Kind kind, SecretDigest digest, Instant until) {

  /** What a one-time key stands for. */
  public enum Kind {
    /** A client assertion (RFC 7523), owned by its client. */
    CLIENT_ASSERTION,
    /** A DPoP proof (RFC 9449), owned by its key. */
    DPOP_PROOF,
    /** A signed request object (RFC 9101), owned by its client. */
    REQUEST_OBJECT
  }

  /** The key of a client assertion: OpenID Connect Core section 9 lets it be used once. */
  public static OnceKey clientAssertion(ClientId clientId, Jti jti, Instant until) {
    return of(Kind.CLIENT_ASSERTION, clientId.value(), jti, until);
  }

  /** The key of a DPoP proof: RFC 9449 section 11.1. */
  public static OnceKey dpopProof(Thumbprint jkt, Jti jti, Instant until) {
    return of(Kind.DPOP_PROOF, jkt.value(), jti, until);
  }

  /** The key of a request object that has a {@code jti}: it is for one request. */
  public static OnceKey requestObject(ClientId clientId, Jti jti, Instant until) {
    return of(Kind.REQUEST_OBJECT, clientId.value(), jti, until);
  }

  private static OnceKey of(Kind kind, String owner, Jti jti, Instant until) {
    // The length in front keeps "a" + "bc" apart from "ab" + "c".
    String name = kind + ":" + owner.length() + ":" + owner + ":" + jti.value();
    return new OnceKey(kind, SecretDigest.of(name), until);
  }
}
