package dev.countersign.protocol.resourcerequest;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.fixture.Certificates;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceRequestVerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final String AUDIENCE = "https://api.example.com";
  private static final URI URL = URI.create("https://api.example.com/accounts");
  private static final SigningKey ISSUER_KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  private static final JwkSet KEYS = JwkSet.of(List.of(ISSUER_KEY.publicJwk()));
  private static final DpopNonces NONCES =
      new DpopNonces(JOSE, "rs", List.of(new byte[32]), Duration.ofMinutes(5), RANDOM);

  private final ResourceRequestVerifier verifier = verifier(new NoncePolicy.Ignored());

  @Test
  @Requirement({"SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "DP-10"})
  void takesABoundTokenWithTheProofOfItsKey() {
    AccessToken token = token(AUDIENCE);
    VerifiedResourceRequest verified = verify(token, proof(KEY, token), Scope.of("accounts"));
    assertThat(verified.token().claims().clientId()).isEqualTo(new ClientId("app"));
    assertThat(verified.proof().orElseThrow().jkt()).isEqualTo(KEY.thumbprint());
    assertThat(verify(token, proof(KEY, token), Scope.NONE)).isNotNull();
  }

  @Test
  @Requirement({"SP-5.3.4-3", "AT-4", "BCP-2.3"})
  void refusesATokenThatIsNotForThisResource() {
    AccessToken token = token("https://other.example.com");
    Refusals.of(() -> token(token), OAuthError.INVALID_TOKEN, "AT-4");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void refusesAStolenTokenWithTheProofOfAnotherKey() {
    AccessToken token = token(AUDIENCE);
    Refusals.of(
        () -> verify(token, proof(OTHER_KEY, token), Scope.NONE),
        OAuthError.INVALID_TOKEN,
        "SP-5.3.4-5");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void refusesTheProofOfAnotherToken() {
    AccessToken token = token(AUDIENCE);
    Refusals.of(
        () -> verify(token, proof(KEY, token(AUDIENCE)), Scope.NONE),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-4");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void refusesATokenWithoutProof() {
    VerifiedAccessToken token = token(token(AUDIENCE));
    Refusals.of(
        () ->
            verifier.verify(
                token,
                "GET",
                List.of(URL),
                Headers.NONE,
                Optional.empty(),
                Wanted.of(Scope.NONE),
                NOW),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-4");
  }

  @Test
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-5", "MT-6"})
  void takesACertificateBoundTokenFromTheHolderOfTheCertificateOnly() {
    VerifiedAccessToken token = certificateBound(verifier);
    assertThat(verify(token, List.of(Certificates.CLIENT1)).proof()).isEmpty();
    Refusals.of(() -> verify(token, List.of()), OAuthError.INVALID_TOKEN, "MT-6");
    Refusals.of(
        () -> verify(token, List.of(Certificates.CLIENT2)), OAuthError.INVALID_TOKEN, "MT-6");
  }

  @Test
  @Requirement({"DP-12", "SP-5.3.4-5"})
  void takesATokenByTheSchemeOfItsBindingOnly() {
    AccessToken keyBound = token(AUDIENCE);
    Refusals.of(
        () -> verifier.token(new PresentedToken(SenderConstraint.MTLS, keyBound), KEYS, NOW),
        OAuthError.INVALID_TOKEN,
        "DP-12");
    AccessToken certificateBound = certificateBound(verifier).token();
    Refusals.of(() -> token(certificateBound), OAuthError.INVALID_TOKEN, "DP-12");
  }

  @Test
  @Requirement({"SP-5.3.4-5"})
  void takesTokensOfTheConfiguredBindingsOnly() {
    ResourceRequestVerifier keysOnly =
        new ResourceRequestVerifier(
            new AccessTokenVerifier(JOSE, ISSUER, AUDIENCE),
            new DpopVerifier(JOSE),
            new NoncePolicy.Ignored(),
            Set.of(SenderConstraint.DPOP));
    Refusals.of(() -> certificateBound(keysOnly), OAuthError.INVALID_TOKEN, "SP-5.3.4-5");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-10", "DP-12", "IN-4"})
  void takesAnOpaqueTokenWithTheProofOfItsKeyAlone() {
    AccessToken token = AccessToken.random(RANDOM);
    PresentedToken presented = new PresentedToken(SenderConstraint.DPOP, token);
    JsonObject said = verifier.token(presented(token(AUDIENCE)), KEYS, NOW).claims().toJson();
    VerifiedAccessToken verified = verifier.token(presented, said, NOW);

    assertThat(verify(verified, proof(KEY, token)).token()).isEqualTo(verified);
    Refusals.of(
        () -> verify(verified, proof(KEY, AccessToken.random(RANDOM))),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-4");
    Refusals.of(
        () -> verify(verified, proof(OTHER_KEY, token)), OAuthError.INVALID_TOKEN, "SP-5.3.4-5");
    Refusals.of(
        () -> verifier.token(new PresentedToken(SenderConstraint.MTLS, token), said, NOW),
        OAuthError.INVALID_TOKEN,
        "DP-12");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "MT-6", "IN-4"})
  void takesAnOpaqueTokenOverTheConnectionOfItsCertificateAlone() {
    JsonObject said = certificateBound(verifier).claims().toJson();
    AccessToken opaque = AccessToken.random(RANDOM);
    VerifiedAccessToken token =
        verifier.token(new PresentedToken(SenderConstraint.MTLS, opaque), said, NOW);

    assertThat(verify(token, List.of(Certificates.CLIENT1)).token().token()).isEqualTo(opaque);
    Refusals.of(() -> verify(token, List.of()), OAuthError.INVALID_TOKEN, "MT-6");
    Refusals.of(
        () -> verify(token, List.of(Certificates.CLIENT2)), OAuthError.INVALID_TOKEN, "MT-6");
    Refusals.of(
        () -> verifier.token(presented(opaque), said, NOW), OAuthError.INVALID_TOKEN, "DP-12");
  }

  private static PresentedToken presented(AccessToken token) {
    return new PresentedToken(SenderConstraint.DPOP, token);
  }

  private VerifiedResourceRequest verify(VerifiedAccessToken token, String proof) {
    return verifier.verify(
        token,
        "GET",
        List.of(URL),
        Headers.of(List.of(Map.entry("dpop", proof))),
        Optional.empty(),
        Wanted.of(Scope.NONE),
        NOW);
  }

  @Test
  @Requirement({"SP-5.3.4-4"})
  void refusesAScopeThatIsTooSmall() {
    AccessToken token = token(AUDIENCE);
    Refusals.of(
        () -> verify(token, proof(KEY, token), Scope.of("accounts", "payments")),
        OAuthError.INSUFFICIENT_SCOPE,
        "SP-5.3.4-4");
  }

  @Test
  @Requirement({"SP-5.3.4-5"})
  void looksAtTheScopeOnlyWhenTheCallerHoldsTheKey() {
    AccessToken token = token(AUDIENCE);
    Refusals.of(
        () -> verify(token, proof(OTHER_KEY, token), Scope.of("payments")),
        OAuthError.INVALID_TOKEN,
        "SP-5.3.4-5");
  }

  @Test
  @Requirement({"DP-14"})
  void demandsANonceWhereThePolicyDoes() {
    ResourceRequestVerifier demanding = verifier(new NoncePolicy.Demanded(NONCES, true));
    AccessToken token = token(AUDIENCE);
    Refusals.of(
        () -> verify(demanding, token, proof(KEY, token), Scope.NONE),
        OAuthError.USE_DPOP_NONCE,
        "DP-14");
    String answered = proof(KEY, token, Optional.of(NONCES.mint(NOW)));
    assertThat(verify(demanding, token, answered, Scope.NONE)).isNotNull();
  }

  private VerifiedResourceRequest verify(AccessToken token, String proof, Scope required) {
    return verify(verifier, token, proof, required);
  }

  private VerifiedResourceRequest verify(
      ResourceRequestVerifier by, AccessToken token, String proof, Scope required) {
    Headers headers = Headers.of(List.of(Map.entry("dpop", proof)));
    return by.verify(
        token(token), "GET", List.of(URL), headers, Optional.empty(), Wanted.of(required), NOW);
  }

  private VerifiedAccessToken token(AccessToken token) {
    return verifier.token(new PresentedToken(SenderConstraint.DPOP, token), KEYS, NOW);
  }

  private static ResourceRequestVerifier verifier(NoncePolicy nonces) {
    return new ResourceRequestVerifier(
        new AccessTokenVerifier(JOSE, ISSUER, AUDIENCE),
        new DpopVerifier(JOSE),
        nonces,
        Set.of(SenderConstraint.values()));
  }

  private VerifiedResourceRequest verify(
      VerifiedAccessToken token, List<X509Certificate> certificates) {
    return verifier.verify(
        token,
        "GET",
        List.of(URL),
        Headers.NONE,
        ClientCertificate.of(certificates),
        Wanted.of(Scope.NONE),
        NOW);
  }

  private static VerifiedAccessToken certificateBound(ResourceRequestVerifier by) {
    Confirmation cnf = new Confirmation.Certificate(CertificateThumbprint.of(Certificates.CLIENT1));
    return by.token(new PresentedToken(SenderConstraint.MTLS, token(AUDIENCE, cnf)), KEYS, NOW);
  }

  private static AccessToken token(String audience) {
    return token(audience, new Confirmation.DpopKey(KEY.thumbprint()));
  }

  private static AccessToken token(String audience, Confirmation cnf) {
    return new AccessTokenClaims(
            ISSUER,
            new Subject("user-1"),
            List.of(audience),
            new ClientId("app"),
            Jti.random(RANDOM),
            NOW,
            NOW.plusSeconds(300),
            Scope.of("accounts"),
            cnf,
            Optional.empty(),
            Optional.empty(),
            AuthorizationDetails.NONE,
            GrantHandles.NONE)
        .sign(JOSE, ISSUER_KEY);
  }

  private static String proof(SigningKey key, AccessToken token) {
    return proof(key, token, Optional.empty());
  }

  private static String proof(SigningKey key, AccessToken token, Optional<DpopNonce> nonce) {
    return DpopProof.create(
        JOSE, key, "GET", URL, Jti.random(RANDOM), NOW, Optional.of(token), nonce);
  }
}
