package dev.countersign.protocol.idtoken;

import static dev.countersign.protocol.fixture.Jwts.ED25519_KEY;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"OA-10"})
class IdTokenVerifierTest {

  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ClientId CLIENT = new ClientId("client1");
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final Instant EXP = NOW.plusSeconds(300);
  private static final Optional<Nonce> NONCE = Optional.of(new Nonce("n1"));
  private static final AccessToken TOKEN =
      new AccessToken("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
  private static final Optional<AccessToken> NO_TOKEN = Optional.empty();
  private static final JwkSet KEYS = JwkSet.of(List.of(KEY.publicJwk(), ED25519_KEY.publicJwk()));

  private final IdTokenVerifier verifier = new IdTokenVerifier(JOSE, ISSUER, CLIENT);

  @Test
  void hashesTheAccessTokenAsTheAlgorithmSays() {
    assertThat(IdTokenClaims.atHash(TOKEN, SignatureAlgorithm.ES256))
        .isEqualTo("fUHyO2r2Z3DZ53EsNrWBbw");
    assertThat(IdTokenClaims.atHash(TOKEN, SignatureAlgorithm.PS256))
        .isEqualTo("fUHyO2r2Z3DZ53EsNrWBbw");
    assertThat(IdTokenClaims.atHash(TOKEN, SignatureAlgorithm.EDDSA))
        .isEqualTo("z40kakTHWu4Wmg139Vps5d8JXecuoeudttpERtupCe8");
  }

  @Test
  @Requirement({"SP-5.3.2.3-1"})
  void verifiesWhatTheServerIssues() throws Exception {
    IdTokenClaims claims =
        new IdTokenClaims(
            ISSUER,
            new Subject("sub1"),
            CLIENT,
            NOW,
            EXP,
            Optional.of(NOW.minusSeconds(9)),
            NONCE,
            Optional.of("pwd"),
            Optional.of(IdTokenClaims.atHash(TOKEN, SignatureAlgorithm.EDDSA)));
    String token = claims.sign(JOSE, ED25519_KEY);

    VerifiedIdToken verified = verifier.verify(token, KEYS, NONCE, Optional.of(TOKEN), NOW);

    assertThat(verified.claims()).isEqualTo(claims);
    assertThat(verified.compact()).isEqualTo(token);
    assertThat(verified.toString()).doesNotContain("sub1");
    assertThat(CompactJws.parse(token).header().names())
        .containsExactlyInAnyOrder("alg", "kid", "typ");
  }

  @Test
  @Requirement({"OA-16"})
  void mayTellMoreAboutThePersonAndNeverReplacesWhatItSaysOfItself() throws Exception {
    IdTokenClaims claims =
        new IdTokenClaims(
            ISSUER,
            new Subject("sub1"),
            CLIENT,
            NOW,
            EXP,
            Optional.empty(),
            NONCE,
            Optional.empty(),
            Optional.empty());
    JsonObject email = JsonObject.builder().put("email", "anna@example.com").build();
    String token = claims.sign(JOSE, ED25519_KEY, email);

    assertThat(verifier.verify(token, KEYS, NONCE, Optional.of(TOKEN), NOW).claims())
        .isEqualTo(claims);
    String payload = token.split("\\.", -1)[1];
    assertThat(JsonObject.parse(Base64.getUrlDecoder().decode(payload)).string("email"))
        .contains("anna@example.com");
    for (String name : List.of("iss", "sub", "nonce", "acr", "auth_time", "azp", "amr", "sid")) {
      JsonObject reserved = JsonObject.builder().put(name, "x").build();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> claims.sign(JOSE, ED25519_KEY, reserved));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "aud", "iat", "exp"})
  void refusesATokenWithoutARequiredClaim(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    refuses(claims, NONCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://as.example.com/", "https://evil.example"})
  void refusesAnotherIssuer(String issuer) {
    refuses(claims("iss", issuer), NONCE);
  }

  @Test
  void acceptsThisClientAsTheOnlyAudienceAndRefusesAnyOther() throws Exception {
    assertThat(verify(claims("aud", "client1"))).isNotNull();
    assertThat(verify(claims("aud", List.of("client1")))).isNotNull();
    refuses(claims("aud", "client2"), NONCE);
    refuses(claims("aud", List.of("client1", "client2")), NONCE);
    refuses(claims("aud", List.of()), NONCE);
  }

  @Test
  void acceptsItselfAsAuthorizedPartyAndRefusesAnother() throws Exception {
    assertThat(verify(claims("azp", "client1"))).isNotNull();
    refuses(claims("azp", "client2"), NONCE);
  }

  @Test
  void acceptsATokenUntilItsExpiryAndRefusesItThen() throws Exception {
    String token = signed(claims());
    assertThat(verifier.verify(token, KEYS, NONCE, Optional.of(TOKEN), EXP.minusMillis(1)))
        .isNotNull();
    refuses(() -> verifier.verify(token, KEYS, NONCE, Optional.of(TOKEN), EXP), "OA-10");
  }

  @Test
  @Requirement({"SP-5.3.2.1-13"})
  void acceptsAClockUpTo30SecondsAheadAndRefusesMore() throws Exception {
    assertThat(verify(claims("iat", NOW.getEpochSecond() + 30))).isNotNull();
    refuses(claims("iat", NOW.getEpochSecond() + 31), NONCE);
  }

  @Test
  void refusesANonceThatIsMissingWrongOrWasNotSent() {
    Map<String, Object> without = claims();
    without.remove("nonce");
    refuses(without, NONCE);
    refuses(claims("nonce", "n2"), NONCE);
    refuses(claims(), Optional.empty());
  }

  @Test
  void acceptsATokenWithoutNonceWhereNoneWasSent() throws Exception {
    Map<String, Object> without = claims();
    without.remove("nonce");
    assertThat(verifier.verify(signed(without), KEYS, Optional.empty(), Optional.of(TOKEN), NOW))
        .isNotNull();
  }

  @Test
  void refusesTheHashOfAnotherTokenAndAcceptsNone() throws Exception {
    refuses(claims("at_hash", "fUHyO2r2Z3DZ53EsNrWBbx"), NONCE);
    Map<String, Object> without = claims();
    without.remove("at_hash");
    assertThat(verify(without)).isNotNull();
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void acceptsATokenWithoutTypeAndRefusesOtherTypes() throws Exception {
    String bare = Jwts.signed(Map.of(), claims(), KEY);
    assertThat(verifier.verify(bare, KEYS, NONCE, Optional.of(TOKEN), NOW)).isNotNull();
    for (String type : List.of("at+jwt", "logout+jwt", "dpop+jwt")) {
      String token = Jwts.signed(members("typ", type), claims(), KEY);
      refuses(() -> verifier.verify(token, KEYS, NONCE, Optional.of(TOKEN), NOW), "OA-10");
    }
  }

  @Test
  @Requirement({"SP-5.4.1-1.3", "SP-5.4.3-1"})
  void refusesABrokenSignatureAnUnknownKeyAndNone() {
    String broken = Jwts.withBrokenSignature(signed(claims()));
    refuses(() -> verifier.verify(broken, KEYS, NONCE, Optional.of(TOKEN), NOW), "SP-5.4.1-1.1");
    String foreign = Jwts.signed(Map.of(), claims(), OTHER_KEY);
    refuses(() -> verifier.verify(foreign, KEYS, NONCE, Optional.of(TOKEN), NOW), "SP-5.4.3-1");
    String none = Jwts.withHeader(signed(claims()), "{\"alg\":\"none\"}");
    refuses(() -> verifier.verify(none, KEYS, NONCE, Optional.of(TOKEN), NOW), "SP-5.4.1-1.3");
  }

  @Test
  void refusesAnotherAlgorithmThanTheRegisteredOne() throws Exception {
    String token = signed(claims());
    assertThat(registered(SignatureAlgorithm.ES256).verify(token, KEYS, NONCE, NO_TOKEN, NOW))
        .isNotNull();
    refuses(
        () -> registered(SignatureAlgorithm.PS256).verify(token, KEYS, NONCE, NO_TOKEN, NOW),
        "OA-10");
  }

  private static IdTokenVerifier registered(SignatureAlgorithm algorithm) {
    return new IdTokenVerifier(JOSE, ISSUER, CLIENT, Optional.of(algorithm));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "aud", "nonce", "auth_time", "acr", "at_hash"})
  void refusesAClaimOfAnotherType(String name) {
    refuses(claims(name, true), NONCE);
  }

  @Test
  void refusesASubjectThatIsTooLong() throws Exception {
    assertThat(verify(claims("sub", "s".repeat(255)))).isNotNull();
    refuses(claims("sub", "s".repeat(256)), NONCE);
  }

  @Test
  void refusesToIssueATokenWithoutLifetime() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new IdTokenClaims(
                    ISSUER,
                    new Subject("s"),
                    CLIENT,
                    NOW,
                    NOW,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
  }

  @Test
  @Requirement({"OA-13"})
  void acceptsARefreshedTokenOfTheSameLoginWithOrWithoutNonceAndLoginTime() throws Exception {
    VerifiedIdToken original = verify(claims());
    Map<String, Object> later = claims("iat", NOW.getEpochSecond() + 5);
    assertThat(refreshed(later, original)).isNotNull();
    later.remove("nonce");
    later.remove("auth_time");
    assertThat(refreshed(later, original).claims().iat()).isEqualTo(NOW.plusSeconds(5));
  }

  @Test
  @Requirement({"OA-13"})
  void refusesARefreshedTokenOfAnotherLogin() throws Exception {
    VerifiedIdToken original = verify(claims());
    refuses(() -> refreshed(claims("sub", "sub2"), original), "OA-13");
    refuses(() -> refreshed(claims("auth_time", NOW.getEpochSecond()), original), "OA-13");
    refuses(() -> refreshed(claims("nonce", "n2"), original), "OA-10");
    refuses(() -> refreshed(claims("aud", "client2"), original), "OA-10");
    refuses(() -> refreshed(claims("iss", "https://evil.example"), original), "OA-10");
  }

  private VerifiedIdToken refreshed(Map<String, ?> claims, VerifiedIdToken original)
      throws InvalidJwtException {
    return verifier.verifyRefreshed(
        signed(claims), KEYS, original.claims(), Optional.of(TOKEN), NOW);
  }

  private static Map<String, Object> claims() {
    return members(
        "iss", ISSUER.value(),
        "sub", "sub1",
        "aud", "client1",
        "iat", NOW.getEpochSecond(),
        "exp", EXP.getEpochSecond(),
        "auth_time", NOW.getEpochSecond() - 9,
        "nonce", "n1",
        "acr", "pwd",
        "at_hash", "fUHyO2r2Z3DZ53EsNrWBbw");
  }

  private static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  private static String signed(Map<String, ?> claims) {
    return Jwts.signed(members("typ", "JWT"), claims, KEY);
  }

  private VerifiedIdToken verify(Map<String, ?> claims) throws InvalidJwtException {
    return verifier.verify(signed(claims), KEYS, NONCE, Optional.of(TOKEN), NOW);
  }

  private void refuses(Map<String, ?> claims, Optional<Nonce> sent) {
    refuses(() -> verifier.verify(signed(claims), KEYS, sent, Optional.of(TOKEN), NOW), "OA-10");
  }

  private static void refuses(ThrowingCallable call, String rule) {
    InvalidJwtException caught = catchThrowableOfType(InvalidJwtException.class, call);
    assertThat(caught).isNotNull();
    assertThat(caught.rule().value()).isEqualTo(rule);
  }
}
