package dev.countersign.protocol.accesstoken;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static dev.countersign.protocol.fixture.Jwts.json;
import static dev.countersign.protocol.fixture.Jwts.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"AT-4", "SP-5.3.4-3"})
class AccessTokenVerifierTest {

  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final String AUDIENCE = "https://api.example.com";
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final Instant EXP = NOW.plusSeconds(300);
  private static final String JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
  private static final JwkSet KEYS = JwkSet.of(List.of(KEY.publicJwk()));
  private static final AccessTokenClaims CLAIMS =
      new AccessTokenClaims(
          ISSUER,
          new Subject("sub1"),
          List.of(AUDIENCE),
          new ClientId("client1"),
          new Jti("j1"),
          NOW,
          EXP,
          Scope.of("openid", "accounts"),
          new Confirmation.DpopKey(new Thumbprint(JKT)),
          Optional.of(NOW.minusSeconds(100)),
          Optional.of("pwd"),
          AuthorizationDetails.NONE,
          GrantHandles.NONE);

  private static final AccessToken OPAQUE = AccessToken.random(RANDOM);

  private final AccessTokenVerifier verifier = new AccessTokenVerifier(JOSE, ISSUER, AUDIENCE);

  @ParameterizedTest
  @Requirement({"AT-1", "AT-2", "SP-5.4.1-1.2"})
  @EnumSource(SignatureAlgorithm.class)
  void verifiesWhatTheServerIssuesWithEachAlgorithm(SignatureAlgorithm algorithm) {
    SigningKey key = SampleKeys.of(algorithm);
    AccessToken token = CLAIMS.sign(JOSE, key);

    VerifiedAccessToken verified = verifier.verify(token, JwkSet.of(List.of(key.publicJwk())), NOW);

    assertThat(verified.claims()).isEqualTo(CLAIMS);
    assertThat(verified.token()).isEqualTo(token);
    assertThat(AccessTokenVerifier.kidOf(token)).contains(key.kid());
    assertThat(AccessTokenVerifier.algorithmOf(token)).isEqualTo(algorithm);
  }

  @Test
  @Requirement({"AT-1", "AT-2", "DP-9", "SP-5.3.2.1-4", "SP-5.3.2.1-5", "SP-5.4.1-1.1"})
  void issuesTypedTokensBoundToAKey() throws Exception {
    CompactJws jws = CompactJws.parse(CLAIMS.sign(JOSE, KEY).reveal());
    assertThat(jws.header().string("typ")).contains("at+jwt");
    assertThat(jws.kid()).contains(KEY.kid());
    JsonObject claims = jws.unverifiedClaims();
    assertThat(claims.names())
        .containsExactlyInAnyOrder(
            "iss",
            "sub",
            "aud",
            "client_id",
            "jti",
            "iat",
            "exp",
            "scope",
            "cnf",
            "auth_time",
            "acr");
    assertThat(claims.object("cnf").orElseThrow().toJson()).isEqualTo("{\"jkt\":\"" + JKT + "\"}");
  }

  @Test
  @Requirement({"AT-2", "AT-3"})
  void verifiesATokenWithTheLeastItMustHave() {
    AccessTokenClaims least =
        new AccessTokenClaims(
            ISSUER,
            new Subject("client1"),
            List.of("https://other.example.com", AUDIENCE),
            new ClientId("client1"),
            new Jti("j1"),
            NOW,
            EXP,
            Scope.NONE,
            new Confirmation.DpopKey(new Thumbprint(JKT)),
            Optional.empty(),
            Optional.empty(),
            AuthorizationDetails.NONE,
            GrantHandles.NONE);
    assertThat(verifier.verify(least.sign(JOSE, KEY), KEYS, NOW).claims()).isEqualTo(least);
  }

  @ParameterizedTest
  @Requirement({"AT-2"})
  @ValueSource(strings = {"iss", "sub", "client_id", "jti", "iat", "exp"})
  void refusesATokenWithoutARequiredClaim(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    refuses(claims, "AT-2");
  }

  @ParameterizedTest
  @Requirement({"AT-2"})
  @ValueSource(strings = {"sub", "client_id", "jti", "iat", "exp", "nbf", "scope", "aud", "acr"})
  void refusesAClaimOfAnotherType(String name) {
    refuses(claims(name, Map.of()), "AT-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://as.example.com/", "https://AS.example.com", "https://evil.example"})
  void refusesATokenOfAnotherIssuer(String issuer) {
    refuses(claims("iss", issuer), "AT-4");
  }

  @Test
  @Requirement({"BCP-2.3"})
  void refusesATokenForAnotherAudience() {
    refuses(claims("aud", "https://other.example.com"), "AT-4");
    refuses(claims("aud", List.of("https://other.example.com", AUDIENCE + "/")), "AT-4");
    refuses(claims("aud", List.of()), "AT-4");
    Map<String, Object> without = claims();
    without.remove("aud");
    refuses(without, "AT-4");
  }

  @Test
  @Requirement({"RV-1"})
  void letsTheIssuerItselfKnowItsTokensWhereverTheyMayBeUsed() {
    AccessTokenVerifier own = AccessTokenVerifier.ofIssuer(JOSE, ISSUER);
    AccessToken elsewhere = new AccessToken(signed(claims("aud", "https://other.example.com")));
    assertThat(own.verify(elsewhere, KEYS, EXP.minusMillis(1)).claims().jti().value())
        .isEqualTo("j1");
    Refusals.of(() -> own.verify(elsewhere, KEYS, EXP), OAuthError.INVALID_TOKEN, "AT-4");
    AccessToken foreign = new AccessToken(signed(claims("iss", "https://evil.example")));
    Refusals.of(() -> own.verify(foreign, KEYS, NOW), OAuthError.INVALID_TOKEN, "AT-4");
  }

  @Test
  void acceptsTheAudienceAsStringAndAsArray() {
    assertThat(verify(claims("aud", AUDIENCE), NOW)).isNotNull();
    assertThat(verify(claims("aud", List.of("x", AUDIENCE)), NOW)).isNotNull();
  }

  @ParameterizedTest
  @Requirement({"AT-1", "SP-5.4.1-1.1"})
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt"})
  void acceptsTheSpellingsOfItsType(String type) {
    String token = Jwts.signed(members("typ", type), claims(), KEY);
    assertThat(verifier.verify(new AccessToken(token), KEYS, NOW)).isNotNull();
  }

  @ParameterizedTest
  @Requirement({"AT-1", "SP-5.4.1-1.1", "9701-8", "ATT-63", "J-13"})
  @ValueSource(
      strings = {"JWT", "dpop+jwt", "client-authentication+jwt", "token-introspection+jwt", "at"})
  void refusesOtherTypes(String type) {
    refuses(Jwts.signed(members("typ", type), claims(), KEY), NOW, "AT-4");
  }

  @Test
  @Requirement({"AT-1"})
  void refusesATokenWithoutType() {
    refuses(Jwts.signed(Map.of(), claims(), KEY), NOW, "AT-4");
  }

  @Test
  void acceptsATokenToItsExpiryAndTheLeewayAndNotLonger() {
    assertThat(verify(claims(), EXP.plusSeconds(5).minusMillis(1))).isNotNull();
    refuses(signed(claims()), EXP.plusSeconds(5), "AT-4");
  }

  @Test
  void allowsNoLeewayWhereNoneIsSet() {
    AccessTokenVerifier strict = new AccessTokenVerifier(JOSE, ISSUER, AUDIENCE, Duration.ZERO);
    AccessToken token = CLAIMS.sign(JOSE, KEY);
    assertThat(strict.verify(token, KEYS, EXP.minusMillis(1))).isNotNull();
    Refusals.of(() -> strict.verify(token, KEYS, EXP), OAuthError.INVALID_TOKEN, "AT-4");
  }

  @Test
  void refusesALeewayThatIsNegativeOrLong() {
    for (Duration leeway : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(61))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AccessTokenVerifier(JOSE, ISSUER, AUDIENCE, leeway));
    }
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.1-13"})
  @ValueSource(strings = {"iat", "nbf"})
  void acceptsClocksUpTo30SecondsAheadAndRefusesMore(String name) {
    assertThat(verify(claims(name, NOW.getEpochSecond() + 10), NOW)).isNotNull();
    assertThat(verify(claims(name, NOW.getEpochSecond() + 30), NOW)).isNotNull();
    refuses(claims(name, NOW.getEpochSecond() + 31), "SP-5.3.2.1-13");
    refuses(claims(name, NOW.getEpochSecond() + 61), "SP-5.3.2.1-13");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "SP-5.3.2.1-4"})
  void refusesATokenThatIsNotBoundToItsSender() {
    Map<String, Object> without = claims();
    without.remove("cnf");
    refuses(without, "SP-5.3.4-5");
    refuses(claims("cnf", json(members("kid", JKT))), "SP-5.3.4-5");
    refuses(claims("cnf", json(members("x5t#S256", "short"))), "AT-2");
    refuses(claims("cnf", json(members("jkt", "short"))), "AT-2");
    refuses(claims("cnf", JKT), "AT-2");
  }

  @Test
  void refusesABrokenSignature() {
    refuses(Jwts.withBrokenSignature(signed(claims())), NOW, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"SP-5.4.3-1"})
  void refusesAKeyThatIsNotTheIssuers() {
    refuses(Jwts.signed(members("typ", "at+jwt"), claims(), OTHER_KEY), NOW, "SP-5.4.3-1");
  }

  @ParameterizedTest
  @Requirement({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  @ValueSource(strings = {"none", "RS256", "HS256"})
  void refusesOtherAlgorithms(String alg) {
    String header = "{\"typ\":\"at+jwt\",\"alg\":\"" + alg + "\"}";
    String token = Jwts.withHeader(signed(claims()), header);
    refuses(token, NOW, alg.equals("none") ? "SP-5.4.1-1.3" : "SP-5.4.1-1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"opaque", "a.b.c", "e30.e30.e30"})
  void refusesWhatIsNoJwt(String token) {
    assertThat(Refusals.of(() -> verifier.verify(new AccessToken(token), KEYS, NOW)).error())
        .isEqualTo(OAuthError.INVALID_TOKEN);
    assertThat(Refusals.of(() -> AccessTokenVerifier.kidOf(new AccessToken(token))).error())
        .isEqualTo(OAuthError.INVALID_TOKEN);
  }

  @Test
  @Requirement({"AT-2", "IN-4"})
  void readsAnOpaqueTokenAsItsIssuerSays() {
    VerifiedAccessToken verified = verifier.verifyOpaque(OPAQUE, CLAIMS.toJson(), NOW);
    assertThat(verified.claims()).isEqualTo(CLAIMS);
    assertThat(verified.token()).isEqualTo(OPAQUE);
  }

  @Test
  @Requirement({"IN-4", "SP-5.3.4-5"})
  void looksAtWhatTheIssuerSaysAsItLooksAtAJwt() {
    refusesSaid(claims("iss", "https://evil.example"), NOW, "AT-4");
    refusesSaid(claims("aud", "https://other.example.com"), NOW, "AT-4");
    refusesSaid(claims("cnf", "none"), NOW, "AT-2");
    refusesSaid(claims("nbf", NOW.getEpochSecond() + 31), NOW, "SP-5.3.2.1-13");
    refusesSaid(claims(), EXP.plusSeconds(5), "AT-4");
    assertThat(verifier.verifyOpaque(OPAQUE, json(claims()), EXP.plusSeconds(5).minusMillis(1)))
        .isNotNull();
  }

  @ParameterizedTest
  @Requirement({"IN-4"})
  @ValueSource(strings = {"iss", "sub", "aud", "client_id", "jti", "iat", "exp", "cnf"})
  void refusesAnOpaqueTokenOfWhichSomethingIsNotSaid(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    assertThat(Refusals.of(() -> verifier.verifyOpaque(OPAQUE, json(claims), NOW)).error())
        .isEqualTo(OAuthError.INVALID_TOKEN);
  }

  private void refusesSaid(Map<String, ?> claims, Instant now, String rule) {
    Refusals.of(
        () -> verifier.verifyOpaque(OPAQUE, json(claims), now), OAuthError.INVALID_TOKEN, rule);
  }

  @Test
  void takesNoJwtByWhatIsSaidOfIt() {
    AccessToken jwt = CLAIMS.sign(JOSE, KEY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> verifier.verifyOpaque(jwt, CLAIMS.toJson(), NOW));
  }

  @Test
  void saysTheSameForEveryFailure() {
    Refusal.OAuth expired =
        Refusals.of(() -> verifier.verify(CLAIMS.sign(JOSE, KEY), KEYS, EXP.plusSeconds(60)));
    Refusal.OAuth issuer = Refusals.of(() -> verify(claims("iss", "https://evil.example"), NOW));
    assertThat(expired.description()).isEqualTo(issuer.description());
    assertThat(expired.detail()).contains("the token has expired");
  }

  @Test
  @Requirement({"AT-2", "AT-5"})
  void refusesToIssueATokenWithoutAudienceOrLifetime() {
    assertThatIllegalArgumentException().isThrownBy(() -> issue(List.of(), EXP));
    assertThatIllegalArgumentException().isThrownBy(() -> issue(List.of(""), EXP));
    assertThatIllegalArgumentException().isThrownBy(() -> issue(List.of(AUDIENCE), NOW));
  }

  private static AccessTokenClaims issue(List<String> aud, Instant exp) {
    return new AccessTokenClaims(
        ISSUER,
        CLAIMS.sub(),
        aud,
        CLAIMS.clientId(),
        CLAIMS.jti(),
        NOW,
        exp,
        CLAIMS.scope(),
        CLAIMS.cnf(),
        Optional.empty(),
        Optional.empty(),
        AuthorizationDetails.NONE,
        GrantHandles.NONE);
  }

  private static Map<String, Object> claims() {
    return members(
        "iss",
        ISSUER.value(),
        "sub",
        "sub1",
        "aud",
        AUDIENCE,
        "client_id",
        "client1",
        "jti",
        "j1",
        "iat",
        NOW.getEpochSecond(),
        "exp",
        EXP.getEpochSecond(),
        "cnf",
        json(members("jkt", JKT)));
  }

  private static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value instanceof Map<?, ?> ? JsonObject.builder().build() : value);
    return claims;
  }

  private static String signed(Map<String, ?> claims) {
    return Jwts.signed(members("typ", "at+jwt"), claims, KEY);
  }

  private VerifiedAccessToken verify(Map<String, ?> claims, Instant now) {
    return verifier.verify(new AccessToken(signed(claims)), KEYS, now);
  }

  private void refuses(Map<String, ?> claims, String rule) {
    refuses(signed(claims), NOW, rule);
  }

  private void refuses(String token, Instant now, String rule) {
    Refusals.of(
        () -> verifier.verify(new AccessToken(token), KEYS, now), OAuthError.INVALID_TOKEN, rule);
  }
}
