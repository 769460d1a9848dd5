package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.VerifiedPresenter;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * Verifies everything about a request in this order, and uses up its proof last, or its signature
 * where it has no proof: how its token came and what its signature covers; the token; the
 * signature, by a key of the token's client; proof, scope and login; the content, by its digest;
 * whether the token still stands. Of an opaque token the proof comes first, as nobody is asked
 * about one that comes without.
 *
 * @param publicUrl how the world addresses the resource server
 * @param audience its own identifier
 */
record Admission(
    PublicUrl publicUrl,
    ResourceIndicator audience,
    TokenReader tokens,
    TokenStatus status,
    ProofUse proofs,
    HttpSignatures signatures) {

  Admission with(TokenReader reader) {
    return new Admission(publicUrl, audience, reader, status, proofs, signatures);
  }

  Admission with(TokenStatus tokenStatus) {
    return new Admission(publicUrl, audience, tokens, tokenStatus, proofs, signatures);
  }

  Admission with(HttpSignatures others) {
    return new Admission(publicUrl, audience, tokens, status, proofs, others);
  }

  /**
   * Lets the request in.
   *
   * @param answers to it
   * @throws RefusalException if anything about it is wrong
   */
  AdmittedRequest admit(
      ResourceRequest request, Wanted wanted, RequestBody body, Answers answers, Instant now)
      throws IOException {
    EndUserPresent present = EndUserPresent.from(request.headers().first(EndUserPresent.HEADER));
    PresentedToken presented = PresentedToken.read(request.headers(), request.query());
    URI url = publicUrl.of(request);
    RequestSignature signature = signatures.of(request, publicUrl, now);
    Asked asked = new Asked(request, presented, signature, url, wanted, now);
    try {
      VerifiedResourceRequest verified = verified(asked, tokens);
      byte[] content = signature.content(body);
      requireStanding(verified.token(), now);
      // Who has a proof signed it, too: used up once, the request is no use again.
      verified
          .proof()
          .ifPresentOrElse(
              proof -> proofs.useUp(proof, signature.proof(), now),
              () -> signature.proof().ifPresent(signed -> proofs.useUp(signed, now)));
      Access access = new Access(verified.token().claims(), audience, present.value(), now);
      return new AdmittedRequest(access, content, signature.proof(), answers);
    } catch (RefusalException e) {
      if (demandsNonce(e) && signatures.clients().isPresent()) {
        requireNotLetIn(asked);
      }
      throw e;
    }
  }

  /** What was asked, and how it was shown who asks. */
  private record Asked(
      ResourceRequest request,
      PresentedToken presented,
      RequestSignature signature,
      URI url,
      Wanted wanted,
      Instant now) {}

  private static boolean demandsNonce(RefusalException e) {
    return e.refusal() instanceof Refusal.OAuth no && no.error() == OAuthError.USE_DPOP_NONCE;
  }

  /**
   * The client sends the request again when it reads in a signed answer that it needs a nonce. So
   * nobody may get such an answer for a request that was let in, by handing it on again when its
   * nonce has expired: all else of it is verified, to look for its proof.
   */
  @Enforces({"S-10", "ATT-64"})
  private void requireNotLetIn(Asked asked) {
    VerifiedResourceRequest whole = verified(asked, tokens.ignoringNonces());
    whole
        .proof()
        .ifPresent(
            proof ->
                asked
                    .signature()
                    .proof()
                    .ifPresent(signed -> proofs.requireUnused(proof, signed, asked.now())));
  }

  private static VerifiedResourceRequest verified(Asked asked, TokenReader by) {
    return asked.presented().token().isOpaque()
        ? verifiedByAnswer(asked, by)
        : verified(asked.signature().by(by.jwt(asked.presented(), asked.now())), asked, by);
  }

  private static VerifiedResourceRequest verified(
      VerifiedAccessToken token, Asked asked, TokenReader by) {
    ResourceRequest request = asked.request();
    return by.verifier()
        .verify(
            token,
            request.method(),
            List.of(asked.url()),
            request.headers(),
            ClientCertificate.of(request.clientCertificates()),
            asked.wanted(),
            asked.now());
  }

  /** Asks the issuer last, so that each token that is made up costs whoever sends it a proof. */
  private static VerifiedResourceRequest verifiedByAnswer(Asked asked, TokenReader by) {
    ResourceRequest request = asked.request();
    VerifiedPresenter presenter =
        by.verifier()
            .presenter(
                asked.presented(),
                request.method(),
                List.of(asked.url()),
                request.headers(),
                ClientCertificate.of(request.clientCertificates()),
                asked.now());
    VerifiedAccessToken token =
        asked.signature().by(by.opaque(asked.presented(), presenter, asked.now()));
    return by.verifier().verify(token, presenter, asked.wanted(), asked.now());
  }

  /**
   * After all that costs nobody a question, and before the proof is used up. Of an opaque token it
   * was asked when it was read.
   */
  @Enforces({"SP-5.3.4-3"})
  private void requireStanding(VerifiedAccessToken token, Instant now) {
    boolean stands;
    try {
      stands = token.token().isOpaque() || status.stands(token, now);
    } catch (TokenStatusUnavailableException e) {
      throw TokenReader.unavailable();
    }
    if (!stands) {
      throw Refusal.oauth(OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
          .withDetail("it was revoked, or its grant is over")
          .exception();
    }
  }
}
