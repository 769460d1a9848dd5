package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wrong proof of FAPI 2.0 Security Profile 5.3.4 at the token endpoint, and the nonces. */
class DpopAtTokenTest extends EndpointTest {
  private static final Params REQUEST = Params.of("grant_type", "client_credentials");
  private static final String REFUSED = "400 invalid_dpop_proof";

  private URI url() {
    return server.url("/token");
  }

  private Reply token(String... proofs) {
    return server.app().token(REQUEST, proofs);
  }

  /** A proof with a good nonce, changed. */
  private String proof(Consumer<Map<String, Object>> change) {
    String nonce = server.nonce();
    return server
        .app()
        .proof(
            "POST",
            url(),
            claims -> {
              claims.put("nonce", nonce);
              change.accept(claims);
            });
  }

  private String proofWithHeader(Consumer<Map<String, Object>> change) {
    String nonce = server.nonce();
    return server.app().proof("POST", url(), change, claims -> claims.put("nonce", nonce));
  }

  @Test
  @Requirement({"DP-5", "DP-4", "SP-5.3.2.1-5"})
  void takesAGoodProof() {
    assertThat(token(proof(claims -> {})).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "DP-5", "DP-8"})
  void refusesARequestWithoutProof() {
    assertThat(token().outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-4"})
  void refusesTwoProofs() {
    assertThat(token(proof(claims -> {}), proof(claims -> {})).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b", "a.b.c", "eyJhbGciOiJFUzI1NiJ9..AAAA", "a.b.c.d.e"})
  @Requirement({"DP-4"})
  void refusesWhatIsNoJwt(String proof) {
    assertThat(token(proof).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "htm", "htu", "iat"})
  @Requirement({"DP-4", "DP-3"})
  void refusesAProofWithoutAClaimThatItMustHave(String claim) {
    assertThat(token(proof(claims -> claims.remove(claim))).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"typ", "jwk"})
  @Requirement({"DP-2", "DP-4"})
  void refusesAProofWithoutAHeaderThatItMustHave(String name) {
    assertThat(token(proofWithHeader(header -> header.remove(name))).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt", "client-authentication+jwt"})
  @Requirement({"DP-2", "DP-4", "SP-5.4.1-1.1"})
  void refusesAnotherTyp(String typ) {
    assertThat(token(proofWithHeader(header -> header.put("typ", typ))).outcome())
        .isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-2", "SP-5.4.1-1.3"})
  void refusesAnUnsignedProofAndOneWithoutAlg() {
    TestClient app = server.app();
    JsonObject claims = app.proofClaims("POST", url(), all -> {});
    JsonObject none = app.proofHeader(header -> header.put("alg", "none"));
    assertThat(token(RawJwt.unsigned(none, claims)).outcome()).isEqualTo(REFUSED);
    assertThat(token(RawJwt.unsigned(app.proofHeader(header -> {}), claims) + "AAAA").outcome())
        .isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-2", "SP-5.4.1-1.2"})
  void refusesRs256() throws GeneralSecurityException {
    TestClient app = server.app();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    JsonObject header = app.proofHeader(all -> all.put("alg", "RS256"));
    String proof =
        RawJwt.signed(header, app.proofClaims("POST", url(), all -> {}), rsa, "SHA256withRSA");
    assertThat(token(proof).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-4"})
  void refusesAWrongSignature() {
    assertThat(token(RawJwt.withBrokenSignature(proof(claims -> {}))).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-4"})
  void refusesAProofSignedByAnotherKeyThanItNames() {
    JsonObject foreign = server.other().dpopKey().publicJwk().requiredMembers();
    assertThat(token(proofWithHeader(header -> header.put("jwk", foreign))).outcome())
        .isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-2", "DP-4"})
  void refusesAPrivateKeyInTheProof() throws MalformedJsonException {
    JsonObject secret = server.app().dpopKey().toPrivateJwk();
    JsonObject jwk = secret.only(java.util.Set.of("kty", "crv", "x", "y", "d"));
    assertThat(jwk.string("d")).isPresent();
    assertThat(token(proofWithHeader(header -> header.put("jwk", jwk))).outcome())
        .isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "post", "Post"})
  @Requirement({"DP-4"})
  void refusesAnotherMethod(String method) {
    assertThat(token(proof(claims -> claims.put("htm", method))).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example.com/tenant/par",
        "https://as.example.com/token",
        "https://as.example.com/tenant/token/",
        "http://as.example.com/tenant/token",
        "https://as.example.com:8443/tenant/token",
        "https://localhost/tenant/token",
        "/tenant/token",
        "https://as.example.com/tenant/TOKEN"
      })
  @Requirement({"DP-4"})
  void refusesAnotherUrl(String htu) {
    assertThat(token(proof(claims -> claims.put("htu", htu))).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example.com/tenant/token?x=1#y",
        "HTTPS://AS.EXAMPLE.COM/tenant/token",
        "https://as.example.com:443/tenant/token",
        "https://as.example.com/tenant/./token",
        "https://as.example.com/tenant/%74oken"
      })
  @Requirement({"DP-4"})
  void takesTheSameUrlWrittenInAnotherWay(String htu) {
    assertThat(token(proof(claims -> claims.put("htu", htu))).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-3"})
  void takesClaimsAndHeadersThatItDoesNotKnow() {
    assertThat(token(proof(claims -> claims.put("surprise", 1L))).status()).isEqualTo(200);
    assertThat(token(proofWithHeader(header -> header.put("surprise", "x"))).status())
        .isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.1-13", "DP-15"})
  void takesTenSecondsOfSkewAndRefusesMoreThanSixtyEvenWithANonce() {
    long now = server.now().getEpochSecond();
    assertThat(token(proof(claims -> claims.put("iat", now + 10))).status()).isEqualTo(200);
    assertThat(token(proof(claims -> claims.put("iat", now - 10))).status()).isEqualTo(200);
    assertThat(token(proof(claims -> claims.put("iat", now + 61))).outcome()).isEqualTo(REFUSED);
    assertThat(token(proof(claims -> claims.put("iat", now - 61))).outcome()).isEqualTo(REFUSED);
    assertThat(token(proof(claims -> claims.put("iat", now + 3600))).outcome()).isEqualTo(REFUSED);
    assertThat(token(proof(claims -> claims.put("iat", now - 3600))).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"DP-15"})
  void refusesAProofThatWasUsedBefore() {
    String proof = proof(claims -> {});
    assertThat(token(proof).status()).isEqualTo(200);
    assertThat(token(proof).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("DP-15");
  }

  @Test
  @Requirement({"DP-15"})
  void twoKeysMayChooseTheSameJti() {
    Consumer<Map<String, Object>> same =
        claims -> claims.putAll(Map.of("jti", "one-jti-for-two", "nonce", server.nonce()));
    assertThat(token(server.app().proof("POST", url(), same)).status()).isEqualTo(200);
    TestClient machine = server.machine();
    assertThat(machine.token(REQUEST, machine.proof("POST", url(), same)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-13", "SP-5.3.2.1-10"})
  void asksForANonceAndTakesTheSameAssertionAndCodeForTheRetry() {
    TestClient app = server.app();
    Params request = app.codeRequest(app.code()).and(app.authenticatedBy(app.assertion()));
    String bare = app.proof("POST", url(), app.dpopKey(), Optional.empty());
    Reply challenge = app.post("/token", request, List.of(bare));
    assertThat(challenge.outcome()).isEqualTo("400 use_dpop_nonce");
    assertThat(challenge.header("Cache-Control")).contains("no-store");
    Optional<String> nonce = challenge.header("DPoP-Nonce");
    assertThat(nonce).isPresent();

    String retry = app.proof("POST", url(), app.dpopKey(), nonce);
    assertThat(app.post("/token", request, List.of(retry)).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-13", "PAR-15"})
  void asksForANonceAtParOnlyOfAProofThatIsThere() {
    TestClient app = server.app();
    Params request = app.authorizationRequest().and(app.authenticatedBy(app.assertion()));
    String bare = app.proof("POST", server.url("/par"), app.dpopKey(), Optional.empty());
    Reply challenge = app.post("/par", request, List.of(bare));
    assertThat(challenge.outcome()).isEqualTo("400 use_dpop_nonce");
    String retry =
        app.proof("POST", server.url("/par"), app.dpopKey(), challenge.header("DPoP-Nonce"));
    assertThat(app.post("/par", request, List.of(retry)).status()).isEqualTo(201);
    assertThat(app.push(app.authorizationRequest()).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"DP-13"})
  void handsOutAFreshNonceWithEveryAnswer() {
    TestClient app = server.app();
    Reply pushed = app.push(app.authorizationRequest());
    Reply refused = app.push(app.authorizationRequest().without("scope"));
    Reply issued = token(proof(claims -> {}));
    List<String> nonces =
        List.of(
            pushed.header("DPoP-Nonce").orElseThrow(),
            refused.header("DPoP-Nonce").orElseThrow(),
            issued.header("DPoP-Nonce").orElseThrow(),
            app.token(REQUEST, new String[0]).header("DPoP-Nonce").orElseThrow());
    assertThat(nonces).doesNotHaveDuplicates();
    assertThat(nonces).allMatch(nonce -> nonce.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]{22,}"));
  }

  @Test
  @Requirement({"DP-13", "DP-14"})
  void takesANonceAgainUntilItsLifetimeEnds() {
    String nonce = server.nonce();
    Consumer<Map<String, Object>> with = claims -> claims.put("nonce", nonce);
    assertThat(token(server.app().proof("POST", url(), with)).status()).isEqualTo(200);
    server.pass(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(token(server.app().proof("POST", url(), with)).status()).isEqualTo(200);
    server.pass(Duration.ofSeconds(2));
    assertThat(token(server.app().proof("POST", url(), with)).outcome())
        .isEqualTo("400 use_dpop_nonce");
  }

  @Test
  @Requirement({"DP-14"})
  void refusesANonceThatItDidNotMake() {
    String nonce = server.nonce();
    String forged = nonce.substring(0, nonce.length() - 4) + "AAAA";
    for (String wrong : List.of(forged, "x", nonce + "A")) {
      assertThat(token(proof(claims -> claims.put("nonce", wrong))).outcome())
          .isEqualTo("400 use_dpop_nonce");
    }
  }
}
