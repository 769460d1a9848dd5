package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;

/** Conversations at the authorization endpoint, and the one decision that ends a request. */
public interface Interactions {

  /**
   * Interactions that may be open about one request at once; our choice, because nobody needs so
   * many, and a {@code request_uri} that leaked must not fill the store.
   */
  int MOST_OPEN = 100;

  /**
   * Opens an interaction about a pushed request that is neither expired nor decided. Several may be
   * open about one request (reload, preload, two tabs), at most {@value #MOST_OPEN}; the first
   * decision ends them all.
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
   * Ends the request with a person's yes: takes it (SP-5.3.2.2-N3), keeps the code and remembers
   * what was allowed, together or not at all. Of interactions that race about one request exactly
   * one gets {@link Decision.Taken}.
   *
   * <p>What is remembered of the person and client of the grant is added to, part by part; a part
   * that is there already lasts until the later of its two ends.
   */
  Decision issueCode(SecretDigest interaction, IssuedCode code, NewConsent consent, Instant now);

  /**
   * Ends the request as {@link #issueCode} does, without asking the person, if all that is asked is
   * remembered at this moment. What is remembered lasts no longer for it.
   *
   * @param asked what must have been allowed by the person of the grant to its client
   */
  UnaskedDecision issueCodeUnasked(
      SecretDigest interaction, IssuedCode code, Consent asked, Instant now);

  /** Ends the request with a no: takes it and keeps nothing. Races as {@link #issueCode} does. */
  Decision refuse(SecretDigest interaction, Instant now);

  /** What came of {@link #openInteraction}. */
  sealed interface OpenOutcome {
    /** It is open. */
    record Opened(Interaction interaction) implements OpenOutcome {}

    /** The request is unknown, expired or decided. */
    record RequestGone() implements OpenOutcome {}

    /** As many as may be are open about it; nothing happened. */
    record TooMany() implements OpenOutcome {}
  }

  /** What came of a decision. */
  sealed interface Decision {
    /** This decision counts. */
    record Taken() implements Decision {}

    /** The interaction is over, or its request was decided before; nothing happened. */
    record Gone() implements Decision {}
  }

  /** What came of {@link #issueCodeUnasked}. */
  sealed interface UnaskedDecision {
    /** The code is kept. */
    record Taken() implements UnaskedDecision {}

    /** The interaction is over, or its request was decided before; nothing happened. */
    record Gone() implements UnaskedDecision {}

    /** Not all of it is remembered any more: the person has to decide; nothing happened. */
    record Forgotten() implements UnaskedDecision {}
  }
}
