package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All that can be said of a resource request from the request alone. Safe for any thread. */
public final class ResourceRequestVerifier {
  private final AccessTokenVerifier tokens;
  private final DpopVerifier proofs;
  private final NoncePolicy nonces;

  /** A verifier for one resource server: its issuer and audience are those of {@code tokens}. */
  public ResourceRequestVerifier(
      AccessTokenVerifier tokens, DpopVerifier proofs, NoncePolicy nonces) {
    this.tokens = tokens;
    this.proofs = proofs;
    this.nonces = nonces;
  }

  /**
   * Verifies token, proof, their bond and the scope, in this order.
   *
   * @param keys the issuer's keys
   * @param method the request's method
   * @param urls the public URLs under which the resource may be addressed, for {@code htu}
   * @param required the scope that the resource wants; {@link Scope#NONE} for none
   * @throws RefusalException {@code invalid_token}, {@code invalid_dpop_proof}, {@code
   *     use_dpop_nonce} or {@code insufficient_scope}
   */
  @Enforces({"SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "DP-10"})
  public VerifiedResourceRequest verify(
      PresentedToken presented,
      JwkSet keys,
      String method,
      List<URI> urls,
      Headers headers,
      Scope required,
      Instant now) {
    VerifiedAccessToken token = tokens.verify(presented.token(), keys, now);
    VerifiedDpopProof proof =
        proofs.verify(
            headers.all("DPoP"),
            new DpopExpectation(method, urls, Optional.of(presented.token()), nonces),
            now);
    if (!same(proof.jkt(), token.claims().jkt())) {
      throw new RefusalException(
          Refusal.oauth(
              OAuthError.INVALID_TOKEN,
              "SP-5.3.4-5",
              "The access token is bound to another key than that of the proof"));
    }
    if (!required.isWithin(token.claims().scope())) {
      throw new RefusalException(
          Refusal.oauth(
              OAuthError.INSUFFICIENT_SCOPE,
              "SP-5.3.4-4",
              "The access token does not cover this request"));
    }
    return new VerifiedResourceRequestRecord(token, proof);
  }

  private static boolean same(Thumbprint one, Thumbprint other) {
    return MessageDigest.isEqual(
        one.value().getBytes(StandardCharsets.US_ASCII),
        other.value().getBytes(StandardCharsets.US_ASCII));
  }
}
