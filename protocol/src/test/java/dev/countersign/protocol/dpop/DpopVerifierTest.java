package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.dpop.DpopProofs.AT_AS;
import static dev.countersign.protocol.dpop.DpopProofs.AT_RS;
import static dev.countersign.protocol.dpop.DpopProofs.NOW;
import static dev.countersign.protocol.dpop.DpopProofs.TOKEN;
import static dev.countersign.protocol.dpop.DpopProofs.claims;
import static dev.countersign.protocol.dpop.DpopProofs.header;
import static dev.countersign.protocol.dpop.DpopProofs.proof;
import static dev.countersign.protocol.dpop.DpopProofs.refuses;
import static dev.countersign.protocol.dpop.DpopProofs.verify;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static dev.countersign.protocol.fixture.Jwts.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.fixture.Vectors;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"DP-4"})
class DpopVerifierTest {

  private final DpopVerifier verifier = new DpopVerifier(JOSE);

  @ParameterizedTest
  @Requirement({"DP-1", "DP-2", "DP-3", "DP-10", "SP-5.4.1-1.2"})
  @EnumSource(SignatureAlgorithm.class)
  void verifiesWhatTheClientMakesWithEachAlgorithm(SignatureAlgorithm algorithm) {
    SigningKey key = SampleKeys.of(algorithm);
    Jti jti = Jti.random(RANDOM);
    String proof =
        DpopProof.create(
            JOSE,
            key,
            "POST",
            URI.create("https://as.example.com/token?a=b#c"),
            jti,
            NOW,
            Optional.of(TOKEN),
            Optional.empty());

    VerifiedDpopProof verified = verify(proof, AT_RS);

    assertThat(verified.jkt()).isEqualTo(key.thumbprint());
    assertThat(verified.jti()).isEqualTo(jti);
    assertThat(verified.issuedAt()).isEqualTo(NOW);
    assertThat(verified.replayableUntil()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  @Requirement({"DP-2", "DP-3"})
  void makesProofsWithThePublicKeyOnlyAndWithoutQuery() throws Exception {
    CompactJws jws =
        CompactJws.parse(
            DpopProof.create(
                JOSE,
                KEY,
                "GET",
                URI.create("https://rs.example/a?secret=1"),
                Jti.random(RANDOM),
                NOW,
                Optional.empty(),
                Optional.of(new DpopNonce("n1"))));

    assertThat(jws.type()).contains("dpop+jwt");
    assertThat(jws.header().object("jwk").orElseThrow().names())
        .containsExactlyInAnyOrder("kty", "crv", "x", "y");
    assertThat(jws.unverifiedClaims().string("htu")).contains("https://rs.example/a");
    assertThat(jws.unverifiedClaims().string("nonce")).contains("n1");
    assertThat(jws.unverifiedClaims().has("ath")).isFalse();
  }

  @Test
  @Requirement({"DP-9"})
  void verifiesTheTokenRequestOfRfc9449() {
    VerifiedDpopProof verified =
        verifier.verify(
            List.of(Vectors.text("rfc9449-token-request-proof.jwt")),
            new DpopExpectation(
                "POST",
                List.of(URI.create("https://server.example.com/token")),
                Optional.empty(),
                new NoncePolicy.Ignored()),
            Instant.ofEpochSecond(1562262616));

    assertThat(verified.jkt().value()).isEqualTo("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    assertThat(verified.jti().value()).isEqualTo("-BwC3ESc6acc2lTc");
  }

  @Test
  @Requirement({"DP-10"})
  void verifiesTheResourceRequestOfRfc9449() {
    VerifiedDpopProof verified =
        verifier.verify(
            List.of(Vectors.text("rfc9449-resource-request-proof.jwt")),
            new DpopExpectation(
                "GET",
                List.of(URI.create("https://resource.example.org/protectedresource")),
                Optional.of(TOKEN),
                new NoncePolicy.Ignored()),
            Instant.ofEpochSecond(1562262618));

    assertThat(verified.jti().value()).isEqualTo("e1j3V_bKic8-LAEB");
  }

  @Test
  @Requirement({"DP-1"})
  void refusesTwoHeaders() {
    String proof = proof(claims());
    Refusals.of(
        () -> verifier.verify(List.of(proof, proof), AT_RS, NOW),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-4");
    refuses(proof + ", " + proof, AT_RS, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"DP-5", "SP-5.3.2.1-4"})
  void refusesARequestWithoutProof() {
    Refusals.of(
        () -> verifier.verify(List.of(), AT_AS, NOW), OAuthError.INVALID_DPOP_PROOF, "DP-4");
  }

  @Test
  @Requirement({"PAR-15"})
  void takesNoProofWhereNoneIsAskedForButVerifiesOneThatIsThere() {
    assertThat(verifier.verifyIfPresent(List.of(), AT_AS, NOW)).isEmpty();
    assertThat(verifier.verifyIfPresent(List.of(proof(claims())), AT_AS, NOW)).isPresent();
    String wrong = proof(claims("htm", "GET"));
    Refusals.of(
        () -> verifier.verifyIfPresent(List.of(wrong), AT_AS, NOW),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.b.c", "....", "e30.e30."})
  void refusesWhatIsNoJwt(String proof) {
    refuses(proof, AT_RS, "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @Requirement({"DP-2"})
  @ValueSource(strings = {"typ", "jwk"})
  void refusesAProofWithoutAHeaderMember(String name) {
    Map<String, Object> header = header();
    header.remove(name);
    refuses(Jwts.signed(header, claims(), KEY), AT_RS, "DP-2");
  }

  @Test
  @Requirement({"DP-2"})
  void refusesAProofWithoutAlg() {
    String proof = Jwts.withHeader(proof(claims()), json(header()).toJson());
    refuses(proof, AT_RS, "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @Requirement({"DP-3"})
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  void refusesAProofWithoutAClaim(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    refuses(claims, "DP-3");
  }

  @ParameterizedTest
  @Requirement({"DP-3"})
  @ValueSource(strings = {"jti", "htm", "htu", "iat", "ath"})
  void refusesAClaimOfAnotherType(String name) {
    refuses(claims(name, List.of("x")), "DP-3");
  }

  @ParameterizedTest
  @Requirement({"DP-2", "SP-5.4.1-1.1"})
  @ValueSource(strings = {"JWT", "at+jwt", "client-authentication+jwt", "dpop"})
  void refusesAnotherType(String type) {
    Map<String, Object> header = header();
    header.put("typ", type);
    refuses(Jwts.signed(header, claims(), KEY), AT_RS, "DP-2");
  }

  @ParameterizedTest
  @Requirement({"DP-2", "SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  @ValueSource(strings = {"RS256", "none", "HS256", "ES384"})
  void refusesOtherAlgorithms(String alg) {
    Map<String, Object> header = header();
    header.put("alg", alg);
    String proof = Jwts.withHeader(proof(claims()), json(header).toJson());
    refuses(proof, AT_RS, alg.equals("none") ? "SP-5.4.1-1.3" : "SP-5.4.1-1.2");
  }

  @Test
  @Requirement({"DP-2"})
  void refusesAnAlgorithmThatIsNotTheKeys() {
    Map<String, Object> header = header();
    header.put("jwk", Jwts.ED25519_KEY.publicJwk().requiredMembers());
    refuses(Jwts.signed(header, claims(), KEY), AT_RS, "DP-2");
  }

  @Test
  void refusesABrokenSignature() {
    refuses(Jwts.withBrokenSignature(proof(claims())), AT_RS, "SP-5.4.1-1.1");
  }

  @Test
  void refusesAProofThatAnotherKeySigned() {
    refuses(Jwts.signed(header(), claims(), OTHER_KEY), AT_RS, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"DP-2"})
  void refusesAPrivateKeyInTheHeader() {
    Map<String, Object> header = header();
    header.put("jwk", KEY.toPrivateJwk());
    Refusal.OAuth refusal = Refusals.of(() -> verify(Jwts.signed(header, claims(), KEY), AT_RS));
    assertThat(refusal.error()).isEqualTo(OAuthError.INVALID_DPOP_PROOF);
  }

  @ParameterizedTest
  @Requirement({"DP-3"})
  @ValueSource(strings = {"GET", "post", "Post", "PUT"})
  void refusesAnotherMethod(String htm) {
    Refusal.OAuth refusal = refuses(claims("htm", htm), "DP-4");
    assertThat(refusal.detail()).contains("htm is " + htm + ", expected POST");
  }

  @Test
  @Requirement({"DP-3"})
  void acceptsExtraHeaderMembersAndClaims() {
    Map<String, Object> header = header();
    header.put("foo", "bar");
    Map<String, Object> claims = claims("foo", List.of("bar"));
    claims.put("exp", NOW.getEpochSecond() - 1);
    assertThat(verify(Jwts.signed(header, claims, KEY), AT_RS).jti()).isEqualTo(new Jti("j1"));
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.1-13", "DP-15"})
  @ValueSource(longs = {30, 10, 0, -10, -60})
  void acceptsClocksThatDifferALittle(long ahead) {
    String proof = proof(claims("iat", NOW.getEpochSecond() + ahead));
    VerifiedDpopProof verified = verify(proof, AT_RS);
    assertThat(verified.replayableUntil()).isEqualTo(NOW.plusSeconds(60 + ahead));
  }

  @Test
  @Requirement({"SP-5.3.2.1-13", "DP-15"})
  void refusesClocksThatDifferMore() {
    refuses(claims("iat", NOW.getEpochSecond() + 31), "SP-5.3.2.1-13");
    refuses(claims("iat", NOW.getEpochSecond() + 61), "SP-5.3.2.1-13");
    refuses(claims("iat", NOW.getEpochSecond() + 3600), "SP-5.3.2.1-13");
    refuses(claims("iat", NOW.getEpochSecond() - 61), "DP-15");
    refuses(claims("iat", NOW.getEpochSecond() - 3600), "DP-15");
  }

  @Test
  @Requirement({"DP-15"})
  void saysTheLastInstantAtWhichTheProofIsGood() {
    String proof = proof(claims());
    Instant until = verify(proof, AT_RS).replayableUntil();
    assertThat(verifier.verify(List.of(proof), AT_RS, until)).isNotNull();
    Refusals.of(
        () -> verifier.verify(List.of(proof), AT_RS, until.plusMillis(1)),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-15");
  }

  @Test
  @Requirement({"DP-3", "DP-10"})
  void refusesTheHashOfAnotherToken() {
    refuses(claims("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEp"), "DP-4");
  }

  @Test
  @Requirement({"DP-3"})
  void ignoresAHashWhereNoTokenCame() {
    assertThat(verify(proof(claims("ath", "x")), AT_AS).jti()).isEqualTo(new Jti("j1"));
  }

  @Test
  @Requirement({"DP-15"})
  void refusesAJtiThatIsTooLongToRemember() {
    assertThat(verify(proof(claims("jti", "j".repeat(256))), AT_RS).jti().value()).hasSize(256);
    refuses(claims("jti", "j".repeat(257)), "DP-4");
  }

  @Test
  void saysTheSameForEveryWrongProof() {
    assertThat(refuses(claims("htm", "GET"), "DP-4").description())
        .isEqualTo(refuses("x", AT_RS, "SP-5.4.1-1.1").description());
  }

  @Test
  void refusesAnExpectationThatNoProofCouldMeet() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DpopExpectation("GET", List.of(), Optional.empty(), new NoncePolicy.Ignored()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DpopExpectation(
                    "GET",
                    List.of(URI.create("/relative")),
                    Optional.empty(),
                    new NoncePolicy.Ignored()));
  }
}
