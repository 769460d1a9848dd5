package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * What shows later that the issuer said this of a token: its signed answer (RFC 9701), with what is
 * needed to verify it again. It tells of a person and of what they allowed: whoever stores it
 * decides for how long, and who may read it (Message Signing section 7).
 *
 * @param jwt the answer as it came, verified
 * @param keys the issuer's public keys of its algorithm and {@code kid}, one of which signed it;
 *     the issuer does not publish them for ever
 * @param token the digest of the token that was asked about, which the answer itself need not name
 * @param at when it was verified, by this server's clock
 */
public record IntrospectionEvidence(String jwt, JwkSet keys, SecretDigest token, Instant at) {

  /** The type's name and the time only. */
  @Override
  public String toString() {
    return "IntrospectionEvidence[at=" + at + "]";
  }
}
