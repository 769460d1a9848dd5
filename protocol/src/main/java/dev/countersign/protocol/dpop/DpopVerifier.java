package dev.countersign.protocol.dpop;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Verifies proofs by the list of RFC 9449 section 4.3. The nonce comes last: a proof that is wrong
 * in any other way learns that, and is not sent away for a nonce first.
 *
 * <p>Keeps nothing; safe for any number of threads at once.
 */
public final class DpopVerifier {

  private final Jose jose;

  /** A verifier whose cryptography is done by {@code jose}. */
  public DpopVerifier(Jose jose) {
    this.jose = jose;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(
      Thumbprint jkt, Jti jti, Instant issuedAt, Instant usableFrom, Instant replayableUntil)
      implements VerifiedDpopProof {}

  /**
   * The one proof of a request. No proof, several, or a wrong one are refused with {@code
   * invalid_dpop_proof}; a good one whose nonce is missing, stale or not ours with {@code
   * use_dpop_nonce}, for which the caller adds a fresh nonce to its answer.
   *
   * @param dpopHeaders the values of all {@code DPoP} headers of the request
   * @param expected what the proof must be made for
   * @param now by this server's clock
   */
  @Enforces({"DP-4", "DP-5"})
  public VerifiedDpopProof verify(List<String> dpopHeaders, DpopExpectation expected, Instant now) {
    if (dpopHeaders.size() != 1) {
      throw refused(
          "DP-4",
          Refusal.mismatch(
              "the number of DPoP headers", Integer.toString(dpopHeaders.size()), "one"));
    }
    try {
      CompactJws jws = CompactJws.parse(dpopHeaders.get(0));
      requireType(jws);
      PublicJwk key = key(jws);
      ProofClaims claims = new ProofClaims(jose.verify(jws, key).claims(), expected);
      Jti jti = claims.jti();
      claims.requireTarget();
      Instant iat = claims.iat(now);
      claims.requireToken();
      ProofClaims.Window window = claims.window(iat, now);
      return new Verified(key.thumbprint(), jti, iat, window.from(), window.until());
    } catch (InvalidJwtException e) {
      throw refused(e.rule().value(), e.reason());
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw refused("DP-4", "a member of the proof has a malformed value");
    }
  }

  /** As {@link #verify}, for an endpoint that takes a proof but does not ask for one. */
  @Enforces({"DP-4", "PAR-15"})
  public Optional<VerifiedDpopProof> verifyIfPresent(
      List<String> dpopHeaders, DpopExpectation expected, Instant now) {
    return dpopHeaders.isEmpty()
        ? Optional.empty()
        : Optional.of(verify(dpopHeaders, expected, now));
  }

  static RefusalException refused(String rule, String detail) {
    return Refusal.oauth(OAuthError.INVALID_DPOP_PROOF, rule, "the DPoP proof is missing or wrong")
        .withDetail(detail)
        .exception();
  }

  @Enforces({"DP-2", "SP-5.4.1-1.1"})
  private static void requireType(CompactJws jws) {
    if (!jws.type().equals(Optional.of(DpopProof.TYPE))) {
      throw refused("DP-2", Refusal.mismatch("typ", jws.type(), DpopProof.TYPE));
    }
  }

  /** The key the proof brings along; it must be public and of the algorithm the proof names. */
  @Enforces({"DP-2", "SP-5.4.1-1.2"})
  private static PublicJwk key(CompactJws jws) throws MalformedJsonException {
    JsonObject jwk =
        jws.header().object("jwk").orElseThrow(() -> refused("DP-2", "jwk is missing"));
    try {
      PublicJwk key = PublicJwk.parse(jwk);
      if (key.algorithm() != jws.algorithm()) {
        throw refused(
            "DP-2",
            Refusal.mismatch(
                "alg", jws.algorithm().joseName(), key.algorithm().joseName() + " of the jwk"));
      }
      return key;
    } catch (InvalidJwkException e) {
      throw refused(e.rule().value(), "jwk: " + e.reason());
    }
  }
}
