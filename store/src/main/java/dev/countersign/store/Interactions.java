package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;

/** Conversations at the authorization endpoint, and the one decision that ends a request. */
public interface Interactions {

  /**
   * Opens an interaction about a pushed request that is neither expired nor decided. Several may be
   * open about one request (reload, preload, two tabs); the first decision ends them all.
   *
   * @param interaction digest of the fresh identifier of the interaction
   * @param browser digest of the cookie of the browser; several interactions may have the same
   * @param expiresAt may lie after the end of the {@code request_uri}, which an interaction
   *     outlives
   */
  OpenOutcome openInteraction(
      SecretDigest requestUri,
      SecretDigest interaction,
      SecretDigest browser,
      Instant expiresAt,
      Instant now);

  /** The interaction, while it is not expired and its request is not decided. */
  Optional<Interaction> findInteraction(SecretDigest interaction, Instant now);

  /**
   * Notes that the person logged in within this interaction. A second login replaces the first.
   *
   * @return false when the interaction is over; nothing was noted then
   */
  boolean recordLogin(SecretDigest interaction, Login login, Instant now);

  /**
   * Ends the request with a yes: takes it (SP-5.3.2.2-N3) and keeps the code, together or not at
   * all. Of interactions that race about one request exactly one gets {@link Decision.Taken}.
   */
  Decision issueCode(SecretDigest interaction, IssuedCode code, Instant now);

  /** Ends the request with a no: takes it and keeps nothing. Races as {@link #issueCode} does. */
  Decision refuse(SecretDigest interaction, Instant now);

  /** What came of {@link #openInteraction}. */
  sealed interface OpenOutcome {
    /** It is open. */
    record Opened(Interaction interaction) implements OpenOutcome {}

    /** The request is unknown, expired or decided. */
    record RequestGone() implements OpenOutcome {}
  }

  /** What came of a decision. */
  sealed interface Decision {
    /** This decision counts. */
    record Taken() implements Decision {}

    /** The interaction is over, or its request was decided before; nothing happened. */
    record Gone() implements Decision {}
  }
}
