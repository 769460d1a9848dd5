package dev.countersign.resource;

import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Lets each proof admit one request (RFC 9449 section 11.1). Safe for any number of threads. */
final class ProofUse {
  private final ProofReplays replays;
  private final Nonces nonces;

  ProofUse(ProofReplays replays, Nonces nonces) {
    this.replays = replays;
    this.nonces = nonces;
  }

  /** Uses up a proof. The last step, after all else was found good. */
  @Enforces({"DP-15", "SP-6.2"})
  void useUp(VerifiedDpopProof proof, Instant now) {
    requireRemembered(proof, now);
    boolean fresh;
    try {
      fresh = replays.useOnce(proof.jkt(), proof.jti(), proof.replayableUntil(), now);
    } catch (ProofReplaysUnavailableException e) {
      throw refusal(
          OAuthError.TEMPORARILY_UNAVAILABLE, "the DPoP proof cannot be verified at the moment");
    }
    if (!fresh) {
      throw refusal(OAuthError.INVALID_DPOP_PROOF, "the DPoP proof was used before");
    }
  }

  /** A proof that a forgetful memory may have seen before it began is not taken. */
  @Enforces("DP-15")
  private void requireRemembered(VerifiedDpopProof proof, Instant now) {
    Instant since = replays.since();
    if (since.equals(Instant.MIN)) {
      return;
    }
    switch (nonces) {
      case Nonces.Off off -> requireFromAfter(since, proof);
      case Nonces.On on -> {
        // Nonces are minted to the millisecond. One from the future comes from a node whose clock
        // runs ahead: it could have been used before this memory began.
        Instant minted = proof.usableFrom();
        if (minted.isBefore(since.truncatedTo(ChronoUnit.MILLIS)) || minted.isAfter(now)) {
          throw refusal(
              OAuthError.USE_DPOP_NONCE, "the DPoP proof needs the nonce that comes along");
        }
      }
    }
  }

  /** Without nonces only the client's clock tells when a proof was made, and that may run ahead. */
  private static void requireFromAfter(Instant since, VerifiedDpopProof proof) {
    if (proof.issuedAt().isBefore(since.truncatedTo(ChronoUnit.SECONDS))) {
      throw refusal(OAuthError.INVALID_DPOP_PROOF, "the DPoP proof is older than this server");
    }
    if (proof.usableFrom().isBefore(since)) {
      throw refusal(
          OAuthError.TEMPORARILY_UNAVAILABLE,
          "the DPoP proof cannot be verified so soon after a start");
    }
  }

  private static RefusalException refusal(OAuthError error, String description) {
    return Refusal.oauth(error, "DP-15", description).exception();
  }
}
