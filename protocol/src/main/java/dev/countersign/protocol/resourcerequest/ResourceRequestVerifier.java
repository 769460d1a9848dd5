package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.mtls.ClientCertificate;
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
import java.util.Set;

/** All that can be said of a resource request from the request alone. Safe for any thread. */
public final class ResourceRequestVerifier {
  private final AccessTokenVerifier tokens;
  private final DpopVerifier proofs;
  private final NoncePolicy nonces;
  private final Set<SenderConstraint> constraints;

  /**
   * A verifier for one resource server: its issuer and audience are those of {@code tokens}.
   *
   * @param constraints how tokens may be bound that are taken
   */
  public ResourceRequestVerifier(
      AccessTokenVerifier tokens,
      DpopVerifier proofs,
      NoncePolicy nonces,
      Set<SenderConstraint> constraints) {
    this.tokens = tokens;
    this.proofs = proofs;
    this.nonces = nonces;
    this.constraints = Set.copyOf(constraints);
  }

  /**
   * The same, which looks at no nonce: to learn what else can be said of a request that needs one.
   */
  public ResourceRequestVerifier ignoringNonces() {
    return new ResourceRequestVerifier(tokens, proofs, new NoncePolicy.Ignored(), constraints);
  }

  /**
   * The first step: whether the token was issued for this resource server and has not expired. It
   * tells whose request this is, for the log of one that is refused later.
   *
   * @param keys the issuer's keys
   * @throws RefusalException {@code invalid_token}
   */
  @Enforces({"SP-5.3.4-1", "SP-5.3.4-3", "DP-12"})
  public VerifiedAccessToken token(PresentedToken presented, JwkSet keys, Instant now) {
    return fitting(presented, tokens.verify(presented.token(), keys, now));
  }

  /**
   * The first step for an opaque token.
   *
   * @param said what its issuer says of it, see {@link AccessTokenVerifier#verifyOpaque}
   * @throws RefusalException {@code invalid_token}
   */
  @Enforces({"SP-5.3.4-1", "SP-5.3.4-3", "DP-12"})
  public VerifiedAccessToken token(PresentedToken presented, JsonObject said, Instant now) {
    return fitting(presented, tokens.verifyOpaque(presented.token(), said, now));
  }

  private VerifiedAccessToken fitting(PresentedToken presented, VerifiedAccessToken token) {
    SenderConstraint bound = SenderConstraint.of(token.claims().cnf());
    if (bound != presented.scheme()) {
      throw refusal(
          OAuthError.INVALID_TOKEN,
          "DP-12",
          "the access token must be sent by the scheme " + bound.scheme());
    }
    requireTaken(bound);
    return token;
  }

  private void requireTaken(SenderConstraint bound) {
    if (!constraints.contains(bound)) {
      throw refusal(
          OAuthError.INVALID_TOKEN,
          "SP-5.3.4-5",
          "tokens that are bound like this one are not taken here");
    }
  }

  /**
   * The second step: the proof or certificate, its bond with the token, the scope and the login
   * behind it, in this order. So nobody is asked to log in again for a token that could not do it
   * anyway.
   *
   * @param method the request's method
   * @param urls the public URLs under which the resource may be addressed, for {@code htu}
   * @param certificate of the connection, if the caller showed one
   * @throws RefusalException {@code invalid_dpop_proof}, {@code use_dpop_nonce}, {@code
   *     invalid_token}, {@code insufficient_scope} or {@code insufficient_user_authentication}
   */
  @Enforces({"SP-5.3.4-4", "SP-5.3.4-5", "DP-4", "DP-10"})
  public VerifiedResourceRequest verify(
      VerifiedAccessToken token,
      String method,
      List<URI> urls,
      Headers headers,
      Optional<ClientCertificate> certificate,
      Wanted wanted,
      Instant now) {
    SenderConstraint bound = SenderConstraint.of(token.claims().cnf());
    DpopExpectation expected =
        new DpopExpectation(method, urls, Optional.of(token.token()), nonces);
    return verify(token, presenter(bound, expected, headers, certificate, now), wanted, now);
  }

  /**
   * The step before the first for an opaque token, so that its issuer is asked about no request
   * that could be refused without: whether the token came as tokens do that are taken here, and
   * with a good proof for it or over a connection with a certificate.
   *
   * @param method the request's method
   * @param urls the public URLs under which the resource may be addressed, for {@code htu}
   * @param certificate of the connection, if the caller showed one
   * @throws RefusalException {@code invalid_dpop_proof}, {@code use_dpop_nonce} or {@code
   *     invalid_token}
   */
  @Enforces({"SP-5.3.4-5", "DP-4"})
  public VerifiedPresenter presenter(
      PresentedToken presented,
      String method,
      List<URI> urls,
      Headers headers,
      Optional<ClientCertificate> certificate,
      Instant now) {
    requireTaken(presented.scheme());
    DpopExpectation expected =
        new DpopExpectation(method, urls, Optional.of(presented.token()), nonces);
    return presenter(presented.scheme(), expected, headers, certificate, now);
  }

  @Enforces({"SP-5.3.4-5", "DP-4", "MT-6"})
  private VerifiedPresenter presenter(
      SenderConstraint scheme,
      DpopExpectation expected,
      Headers headers,
      Optional<ClientCertificate> certificate,
      Instant now) {
    return switch (scheme) {
      case DPOP -> new PresenterWithProof(proofs.verify(headers.all("DPoP"), expected, now));
      case MTLS ->
          new PresenterWithCertificate(
              certificate.orElseThrow(
                  () ->
                      refusal(
                          OAuthError.INVALID_TOKEN,
                          "MT-6",
                          "the access token is bound to a client certificate, and none was"
                              + " shown")));
    };
  }

  /**
   * The second step where the presenter is known already: their bond with the token, the scope and
   * the login behind it, in this order.
   *
   * @param presenter by the scheme of this token, and of a proof for it
   * @throws RefusalException {@code invalid_token}, {@code insufficient_scope} or {@code
   *     insufficient_user_authentication}
   */
  @Enforces({"SP-5.3.4-4", "SP-5.3.4-5", "DP-10", "MT-6"})
  public VerifiedResourceRequest verify(
      VerifiedAccessToken token, VerifiedPresenter presenter, Wanted wanted, Instant now) {
    Confirmation cnf = token.claims().cnf();
    Optional<VerifiedDpopProof> proof =
        switch (presenter) {
          case PresenterWithProof(VerifiedDpopProof shown) -> Optional.of(bound(shown, cnf));
          case PresenterWithCertificate(ClientCertificate shown) -> {
            requireBound(shown, cnf);
            yield Optional.empty();
          }
        };
    requireEnough(token.claims(), wanted, now);
    return new VerifiedResourceRequestRecord(token, proof);
  }

  private static VerifiedDpopProof bound(VerifiedDpopProof shown, Confirmation cnf) {
    if (!(cnf instanceof Confirmation.DpopKey(Thumbprint jkt)) || !same(shown.jkt(), jkt)) {
      throw refusal(
          OAuthError.INVALID_TOKEN,
          "SP-5.3.4-5",
          "the access token is bound to another key than that of the proof");
    }
    return shown;
  }

  private static void requireBound(ClientCertificate shown, Confirmation cnf) {
    if (!(cnf instanceof Confirmation.Certificate(CertificateThumbprint x5t))
        || !shown.thumbprint().matches(x5t)) {
      throw refusal(
          OAuthError.INVALID_TOKEN,
          "MT-6",
          "the access token is bound to another client certificate");
    }
  }

  @Enforces({"SP-5.3.4-4", "SU-1"})
  private static void requireEnough(AccessTokenClaims token, Wanted wanted, Instant now) {
    if (!wanted.scope().isWithin(token.scope())) {
      throw refusal(
          OAuthError.INSUFFICIENT_SCOPE,
          "SP-5.3.4-4",
          "the access token does not cover this request");
    }
    if (!wanted.authentication().isBehind(token, now)) {
      throw refusal(
          OAuthError.INSUFFICIENT_USER_AUTHENTICATION,
          "SU-1",
          "a stronger or more recent login is needed");
    }
  }

  private static RefusalException refusal(OAuthError error, String rule, String description) {
    return Refusal.oauth(error, rule, description).exception();
  }

  private static boolean same(Thumbprint one, Thumbprint other) {
    return MessageDigest.isEqual(
        one.value().getBytes(StandardCharsets.US_ASCII),
        other.value().getBytes(StandardCharsets.US_ASCII));
  }
}
