package dev.countersign.protocol.clientauth;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import java.time.Instant;
import java.util.Optional;

/**
 * The proof that a client signed an assertion for this server that is good now. Only {@link
 * ClientAssertion#verify} makes one. It is complete once the pair of {@link #clientId} and {@link
 * #jti} has been used up.
 */
public sealed interface VerifiedClientAssertion permits ClientAssertion.Verified {

  /** Who it is. */
  ClientId clientId();

  /** What makes the assertion unique among the client's. */
  Jti jti();

  /** When it was made, by the client's clock ({@code iat}), if it says so. */
  Optional<Instant> issuedAt();

  /** The first instant at which the assertion is no longer accepted. */
  Instant exp();
}
