package dev.countersign.resource;

import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Lets each proof admit one request (RFC 9449 section 11.1), and each signature of a request that
 * has no proof. Safe for any number of threads.
 */
final class ProofUse {
  private final ProofReplays replays;
  private final Nonces nonces;

  ProofUse(ProofReplays replays, Nonces nonces) {
    this.replays = replays;
    this.nonces = nonces;
  }

  /**
   * Uses up a proof. The last step, after all else was found good.
   *
   * @param signature of the request, if it had to be signed: the proof is remembered as long as
   *     that is good, too, though its nonce may expire before
   */
  @Enforces({"DP-15", "SP-6.2", "S-10"})
  void useUp(VerifiedDpopProof proof, Optional<VerifiedRequestSignature> signature, Instant now) {
    requireRemembered(proof, now);
    Instant until =
        signature
            .map(VerifiedRequestSignature::replayableUntil)
            .filter(proof.replayableUntil()::isBefore)
            .orElse(proof.replayableUntil());
    use(proof, until, now);
  }

  /**
   * Whether the sender may be asked for the same request with another nonce: not if it was let in
   * before, nor if a memory that was lost may have known it. It is not asked twice.
   */
  @Enforces({"S-10", "ATT-64"})
  void requireUnused(VerifiedDpopProof proof, VerifiedRequestSignature signature, Instant now) {
    if (signature.created().isBefore(replays.since().truncatedTo(ChronoUnit.SECONDS))) {
      throw refusal(OAuthError.INVALID_DPOP_PROOF, "the DPoP proof is older than this server");
    }
    use(proof, signature.replayableUntil(), now);
  }

  private void use(VerifiedDpopProof proof, Instant until, Instant now) {
    boolean fresh;
    try {
      fresh = replays.useOnce(proof.jkt(), proof.jti(), until, now);
    } catch (ProofReplaysUnavailableException e) {
      throw refusal(
          OAuthError.TEMPORARILY_UNAVAILABLE, "the DPoP proof cannot be verified at the moment");
    }
    if (!fresh) {
      throw refusal(OAuthError.INVALID_DPOP_PROOF, "the DPoP proof was used before");
    }
  }

  /**
   * Uses up the signature of a request whose token a certificate binds: whoever ends TLS for this
   * server could send it a second time, and has the certificate to show.
   */
  @Enforces("S-10")
  void useUp(VerifiedRequestSignature signature, Instant now) {
    requireRemembered(signature);
    boolean fresh;
    try {
      fresh =
          replays.useOnce(
              signature.key().thumbprint(), signature.uniqueId(), signature.replayableUntil(), now);
    } catch (ProofReplaysUnavailableException e) {
      throw notNow("it cannot be said whether the signature was used before");
    }
    if (!fresh) {
      throw notSigned("the signature was used before");
    }
  }

  /** As of a proof without nonce: only the client's clock tells when it was made. */
  private void requireRemembered(VerifiedRequestSignature signature) {
    Instant since = replays.since();
    if (since.equals(Instant.MIN)) {
      return;
    }
    if (signature.created().isBefore(since.truncatedTo(ChronoUnit.SECONDS))) {
      throw notSigned("the signature is older than this server");
    }
    if (signature.usableFrom().isBefore(since)) {
      throw notNow("the signature may have been used before this server started");
    }
  }

  private static RefusalException notSigned(String reason) {
    return RequestSignature.refused(new InvalidHttpSignatureException("S-10", reason));
  }

  private static RefusalException notNow(String detail) {
    return Refusal.oauth(
            OAuthError.TEMPORARILY_UNAVAILABLE,
            "S-10",
            "the signature of the request cannot be verified at the moment")
        .withDetail(detail)
        .exception();
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
