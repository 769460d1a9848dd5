package dev.countersign.protocol.clientauth;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static dev.countersign.protocol.fixture.Jwts.json;
import static dev.countersign.protocol.fixture.Jwts.members;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.fixture.Vectors;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionTest {

  private static final ClientId CLIENT = new ClientId("client1");
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final JwkSet KEYS = JwkSet.of(List.of(KEY.publicJwk()));

  @Test
  @Requirement({"CA-1", "CA-2", "CA-3", "SP-5.3.3.1-2", "SP-5.3.2.1-6"})
  void verifiesWhatTheClientMakes() {
    Jti jti = Jti.random(RANDOM);
    String assertion = ClientAssertion.create(JOSE, KEY, CLIENT, ISSUER, jti, NOW);

    VerifiedClientAssertion verified = verify(assertion, NOW);

    assertThat(verified.clientId()).isEqualTo(CLIENT);
    assertThat(verified.jti()).isEqualTo(jti);
    assertThat(verified.exp()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  @Requirement({"CA-2", "CA-5", "SP-5.3.3.1-5", "SP-5.4.1-1.1"})
  void makesAssertionsWithTypeAndWithTheIssuerAsAudienceString() throws Exception {
    CompactJws jws =
        CompactJws.parse(
            ClientAssertion.create(JOSE, KEY, CLIENT, ISSUER, Jti.random(RANDOM), NOW));

    assertThat(jws.type()).contains("client-authentication+jwt");
    assertThat(jws.unverifiedClaims().string("aud")).contains(ISSUER.value());
    assertThat(jws.unverifiedClaims().string("iss")).contains("client1");
    assertThat(jws.unverifiedClaims().string("sub")).contains("client1");
    assertThat(jws.unverifiedClaims().integer("iat")).contains(1750000000L);
    assertThat(jws.unverifiedClaims().integer("exp")).contains(1750000060L);
  }

  @Test
  @Requirement({"CA-2", "CA-V", "SP-5.4.1-1.2"})
  void makesAndVerifiesTheEd25519Vector() throws Exception {
    SigningKey key =
        SigningKey.fromPrivateJwk(
            json(
                members(
                    "kty", "OKP",
                    "crv", "Ed25519",
                    "kid", "c1",
                    "d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                    "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")));
    String vector = Vectors.text("rfc7523-client-assertion.jwt");

    VerifiedClientAssertion verified =
        read(vector)
            .verify(JOSE, JwkSet.of(List.of(key.publicJwk())), Optional.empty(), ISSUER, NOW);

    assertThat(verified.jti().value()).isEqualTo("a1");
    String made = ClientAssertion.create(JOSE, key, CLIENT, ISSUER, new Jti("a1"), NOW);
    assertThat(CompactJws.parse(made).unverifiedClaims())
        .isEqualTo(CompactJws.parse(vector).unverifiedClaims());
    assertThat(CompactJws.parse(made).header()).isEqualTo(CompactJws.parse(vector).header());
  }

  @ParameterizedTest
  @Requirement({"SP-5.4.1-1.2", "CA-3"})
  @EnumSource(SignatureAlgorithm.class)
  void verifiesEachOfOurAlgorithms(SignatureAlgorithm algorithm) {
    SigningKey key = SampleKeys.of(algorithm);
    String assertion = ClientAssertion.create(JOSE, key, CLIENT, ISSUER, Jti.random(RANDOM), NOW);

    VerifiedClientAssertion verified =
        read(assertion)
            .verify(JOSE, JwkSet.of(List.of(key.publicJwk())), Optional.of(algorithm), ISSUER, NOW);

    assertThat(verified.clientId()).isEqualTo(CLIENT);
  }

  @Test
  @Requirement({"SP-5.3.2.1-8", "CA-5"})
  void refusesAnAudienceArrayEvenOfOneElement() {
    refuses(claims("aud", List.of(ISSUER.value())), "SP-5.3.2.1-8");
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.1-8", "CA-5", "PAR-14"})
  @ValueSource(
      strings = {
        "https://as.example.com/",
        "https://as.example.com/token",
        "https://as.example.com/par",
        "https://AS.example.com",
        "https://other.example.com"
      })
  void refusesAnyAudienceButTheIssuer(String audience) {
    Refusal.OAuth refusal = refuses(claims("aud", audience), "SP-5.3.2.1-8");

    assertThat(refusal.detail()).hasValueSatisfying(text -> assertThat(text).contains(audience));
    assertThat(refusal.detail())
        .hasValueSatisfying(text -> assertThat(text).contains("expected https://as.example.com"));
  }

  @ParameterizedTest
  @Requirement({"CA-2", "CA-3"})
  @ValueSource(strings = {"iss", "sub", "aud", "exp", "jti"})
  void refusesAnAssertionWithoutARequiredClaim(String claim) {
    Map<String, Object> claims = claims();
    claims.remove(claim);
    refuses(claims, claim.equals("aud") ? "SP-5.3.2.1-8" : "CA-2");
  }

  @Test
  @Requirement({"CA-2"})
  void refusesAnIssuerThatIsNotTheSubject() {
    refuses(claims("iss", "client2"), "CA-2");
  }

  @Test
  @Requirement({"CA-1"})
  void refusesAClientIdParameterOfAnotherClient() {
    Form form = form(signed(claims())).add("client_id", "client2").build();
    Refusals.of(() -> ClientAssertion.read(form, Headers.NONE), OAuthError.INVALID_CLIENT, "CA-1");
  }

  @Test
  @Requirement({"CA-1", "PAR-2"})
  void acceptsTheClientIdParameterOfTheSameClient() {
    Form form = form(signed(claims())).add("client_id", "client1").build();
    assertThat(ClientAssertion.read(form, Headers.NONE).clientId()).isEqualTo(CLIENT);
  }

  @Test
  @Requirement({"CA-3"})
  void acceptsAnAssertionInItsLastSecondAndRefusesItAtItsExpiry() {
    String assertion = signed(claims("exp", NOW.getEpochSecond()));
    assertThat(verify(assertion, NOW.minusSeconds(1)).exp()).isEqualTo(NOW);
    refuses(assertion, NOW, "CA-3");
  }

  @Test
  @Requirement({"CA-3"})
  void acceptsAnExpiryTenMinutesAheadAndRefusesOneSecondMore() {
    assertThat(verify(signed(claims("exp", NOW.getEpochSecond() + 600)), NOW).clientId())
        .isEqualTo(CLIENT);
    refuses(claims("exp", NOW.getEpochSecond() + 601), "CA-3");
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.1-13"})
  @ValueSource(strings = {"iat", "nbf"})
  void acceptsClocksUpTo30SecondsAheadAndRefusesMore(String claim) {
    for (long ahead : new long[] {0, 8, 10, 30}) {
      assertThat(verify(signed(claims(claim, NOW.getEpochSecond() + ahead)), NOW).clientId())
          .isEqualTo(CLIENT);
    }
    refuses(claims(claim, NOW.getEpochSecond() + 31), "SP-5.3.2.1-13");
    refuses(claims(claim, NOW.getEpochSecond() + 61), "SP-5.3.2.1-13");
  }

  @Test
  @Requirement({"CA-3"})
  void acceptsAnAssertionTenMinutesOldAndRefusesOneSecondMore() {
    assertThat(verify(signed(claims("iat", NOW.getEpochSecond() - 600)), NOW).clientId())
        .isEqualTo(CLIENT);
    refuses(claims("iat", NOW.getEpochSecond() - 601), "CA-3");
  }

  @Test
  @Requirement({"CA-2"})
  void acceptsAnAssertionWithoutIat() {
    Map<String, Object> claims = claims();
    claims.remove("iat");
    assertThat(verify(signed(claims), NOW).clientId()).isEqualTo(CLIENT);
  }

  @ParameterizedTest
  @Requirement({"CA-2", "CA-4"})
  @ValueSource(strings = {"exp", "iat", "nbf", "jti", "sub"})
  void refusesAClaimOfAnotherType(String claim) {
    refuses(claims(claim, List.of("x")), "CA-2");
  }

  @ParameterizedTest
  @Requirement({"CA-5", "SP-5.4.1-1.1"})
  @ValueSource(
      strings = {
        "JWT",
        "jwt",
        "client-authentication+jwt",
        "application/client-authentication+jwt",
        "Client-Authentication+JWT"
      })
  void acceptsTheTypesOfAnAssertion(String type) {
    String assertion = Jwts.signed(members("typ", type), claims(), KEY);
    assertThat(verify(assertion, NOW).clientId()).isEqualTo(CLIENT);
  }

  @Test
  @Requirement({"CA-5"})
  void acceptsAnAssertionWithoutType() {
    assertThat(verify(Jwts.signed(Map.of(), claims(), KEY), NOW).clientId()).isEqualTo(CLIENT);
  }

  @ParameterizedTest
  @Requirement({"CA-5", "SP-5.4.1-1.1"})
  @ValueSource(
      strings = {
        "dpop+jwt",
        "oauth-authz-req+jwt",
        "at+jwt",
        "token-introspection+jwt",
        "logout+jwt"
      })
  void refusesTheTypesOfOtherJwts(String type) {
    refuses(Jwts.signed(members("typ", type), claims(), KEY), NOW, "CA-5");
  }

  @Test
  @Requirement({"CA-3", "CA-4"})
  void refusesABrokenSignature() {
    refuses(Jwts.withBrokenSignature(signed(claims())), NOW, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"CA-3", "SP-5.4.3-1"})
  void refusesAKeyTheClientDidNotRegister() {
    String assertion = Jwts.signed(Map.of(), claims(), OTHER_KEY);
    refuses(assertion, NOW, "SP-5.4.3-1");
  }

  @Test
  @Requirement({"CA-3"})
  void refusesAnotherAlgorithmThanTheRegisteredOne() {
    Refusal.OAuth refusal =
        Refusals.of(
            () ->
                read(signed(claims()))
                    .verify(JOSE, KEYS, Optional.of(SignatureAlgorithm.PS256), ISSUER, NOW),
            OAuthError.INVALID_CLIENT,
            "CA-3");
    assertThat(refusal.detail()).contains("alg is ES256, expected PS256 as registered");
  }

  @ParameterizedTest
  @Requirement({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  @ValueSource(strings = {"none", "RS256", "HS256", "ES384", "ES256K"})
  void refusesOtherAlgorithms(String alg) {
    String assertion = Jwts.raw("{\"alg\":\"" + alg + "\"}", json(claims()).toJson(), new byte[64]);
    refuses(assertion, NOW, alg.equals("none") ? "SP-5.4.1-1.3" : "SP-5.4.1-1.2");
  }

  @ParameterizedTest
  @Requirement({"CA-4"})
  @ValueSource(strings = {"x", "a.b.c", "..", "e30.e30.e30"})
  void refusesWhatIsNoJwt(String assertion) {
    Refusal.OAuth refusal = Refusals.of(() -> read(assertion));
    assertThat(refusal.error()).isEqualTo(OAuthError.INVALID_CLIENT);
  }

  @Test
  @Requirement({"SP-5.3.2.2-4", "SP-5.3.2.1-3", "PAR-2"})
  void refusesARequestWithoutClientAuthentication() {
    Form form = Form.builder().add("client_id", "client1").build();
    Refusals.of(
        () -> ClientAssertion.read(form, Headers.NONE), OAuthError.INVALID_CLIENT, "SP-5.3.2.2-4");
  }

  @Test
  @Requirement({"CA-1"})
  void refusesAMissingOrOtherAssertionType() {
    String assertion = signed(claims());
    Form without = Form.builder().add("client_assertion", assertion).build();
    Refusals.of(
        () -> ClientAssertion.read(without, Headers.NONE), OAuthError.INVALID_CLIENT, "CA-1");
    Form other =
        Form.builder()
            .add("client_assertion", assertion)
            .add(
                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")
            .build();
    Refusals.of(() -> ClientAssertion.read(other, Headers.NONE), OAuthError.INVALID_CLIENT, "CA-1");
  }

  @Test
  @Requirement({"CA-4"})
  void saysTheSameForEveryFailure() {
    Refusal.OAuth expired = refuses(claims("exp", NOW.getEpochSecond()), "CA-3");
    Refusal.OAuth audience = refuses(claims("aud", "x"), "SP-5.3.2.1-8");
    Refusal.OAuth missing =
        Refusals.of(() -> ClientAssertion.read(Form.builder().build(), Headers.NONE));

    assertThat(expired.description()).isEqualTo("client authentication failed");
    assertThat(List.of(audience.description(), missing.description()))
        .containsOnly(expired.description());
  }

  @Test
  void doesNotShowTheAssertionInText() {
    assertThat(read(signed(claims())).toString()).isEqualTo("ClientAssertion[clientId=client1]");
  }

  private static Map<String, Object> claims() {
    return members(
        "iss",
        "client1",
        "sub",
        "client1",
        "aud",
        ISSUER.value(),
        "jti",
        "j1",
        "iat",
        NOW.getEpochSecond(),
        "exp",
        NOW.getEpochSecond() + 60);
  }

  private static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  private static String signed(Map<String, ?> claims) {
    return Jwts.signed(members("typ", "client-authentication+jwt"), claims, KEY);
  }

  private static Form.Builder form(String assertion) {
    return Form.builder()
        .add("client_assertion_type", ClientAssertion.TYPE)
        .add("client_assertion", assertion);
  }

  private static ClientAssertion read(String assertion) {
    return ClientAssertion.read(ClientAssertion.toForm(assertion), Headers.NONE);
  }

  private static VerifiedClientAssertion verify(String assertion, Instant now) {
    return read(assertion).verify(JOSE, KEYS, Optional.empty(), ISSUER, now);
  }

  private static Refusal.OAuth refuses(Map<String, ?> claims, String rule) {
    return refuses(signed(claims), NOW, rule);
  }

  private static Refusal.OAuth refuses(String assertion, Instant now, String rule) {
    return Refusals.of(() -> verify(assertion, now), OAuthError.INVALID_CLIENT, rule);
  }
}
