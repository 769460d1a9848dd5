package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.ClaimsRequest;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes, and that a server reads the same in it. */
class CreatedObjectTest {
  private static final ClientId CLIENT = new ClientId("client1");
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final AuthorizationRequest LEAST = builder().build();

  private static AuthorizationRequest.Builder builder() {
    return AuthorizationRequest.builder(
        CLIENT,
        new RedirectUri("https://client.example/cb?a=b"),
        new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
  }

  /** All that a request can have. */
  private static AuthorizationRequest whole() {
    return builder()
        .scope(Scope.of("openid", "accounts"))
        .state(new State("s \"<>&=+%~"))
        .nonce(new Nonce("n".repeat(64)))
        .resources(
            List.of(
                new ResourceIndicator("https://api.example/a"),
                new ResourceIndicator("urn:example:b")))
        .dpopJkt(new Thumbprint("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
        .prompt(Set.of(Prompt.LOGIN, Prompt.CONSENT))
        .maxAge(Duration.ofHours(1))
        .acrValues(List.of("urn:mace:silver", "pwd"))
        .loginHint("jos\u00e9@example.com")
        .uiLocales("fr-CA fr")
        .claims(ClaimsRequest.parse("{\"id_token\":{\"acr\":{\"essential\":true}}}"))
        .authorizationDetails(
            AuthorizationDetails.parse("[{\"type\":\"payment\",\"amount\":123.50,\"n\":1E+9}]"))
        .grantManagement(GrantManagement.merge(new GrantId("g".repeat(43))))
        .responseMode(ResponseMode.JWT)
        .build();
  }

  private static String create(AuthorizationRequest request) {
    return RequestObject.create(JOSE, KEY, request, ISSUER, NOW, MINUTE, Optional.empty());
  }

  private static VerifiedRequestObject verify(String object, SigningKey key) {
    return RequestObject.read(object)
        .verify(
            JOSE,
            JwkSet.of(List.of(key.publicJwk())),
            Optional.of(key.algorithm()),
            CLIENT,
            ISSUER,
            NOW);
  }

  private static JsonObject claims(String object) throws Exception {
    return CompactJws.parse(object).unverifiedClaims();
  }

  @Test
  @Requirement({"MS-5.3.2-1", "MS-5.3.1-1", "JAR-1", "RAR-2-2"})
  void losesNothingOnTheWay() {
    VerifiedRequestObject verified = verify(create(whole()), KEY);
    assertThat(AuthorizationRequest.read(verified.parameters(), CLIENT)).isEqualTo(whole());
    assertThat(verify(create(LEAST), KEY).parameters()).isEqualTo(LEAST.toForm());
  }

  @Test
  @Requirement({"MS-5.3.2-1", "JAR-1"})
  void hasEveryParameterThatARequestCanHave() throws Exception {
    assertThat(claims(create(whole())).names()).containsAll(whole().toForm().names());
    assertThat(verify(create(whole()), KEY).parameters().names())
        .containsExactlyInAnyOrderElementsOf(whole().toForm().names());
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  @Requirement({"MS-5.3.1-1", "JAR-9", "SP-5.4.1-1.2"})
  void verifiesEachOfOurAlgorithms(SignatureAlgorithm algorithm) {
    SigningKey key = SampleKeys.of(algorithm);
    String object = RequestObject.create(JOSE, key, LEAST, ISSUER, NOW, MINUTE, Optional.empty());
    assertThat(RequestObject.read(object).algorithm()).isEqualTo(algorithm);
    assertThat(RequestObject.read(object).kid()).contains(key.kid());
    assertThat(verify(object, key).exp()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  @Requirement({"MS-5.3.2-2", "MS-5.3.2-3", "MS-5.3.2-4", "MS-5.3.2-5", "JAR-3"})
  void saysForWhomAndForHowLongItIs() throws Exception {
    String object = create(LEAST);
    assertThat(CompactJws.parse(object).header().string("typ")).contains("oauth-authz-req+jwt");
    JsonObject claims = claims(object);
    assertThat(claims.string("iss")).contains("client1");
    assertThat(claims.string("client_id")).contains("client1");
    assertThat(claims.string("aud")).contains(ISSUER.value());
    assertThat(claims.integer("nbf")).contains(1750000000L);
    assertThat(claims.integer("iat")).contains(1750000000L);
    assertThat(claims.integer("exp")).contains(1750000060L);
    assertThat(claims.has("sub")).isFalse();
    assertThat(claims.has("jti")).isFalse();
  }

  @Test
  @Requirement({"JAR-1", "RAR-2-2"})
  void writesJsonWhereAFormHasTextOfJson() throws Exception {
    JsonObject claims = claims(create(whole()));
    assertThat(claims.integer("max_age")).contains(3600L);
    assertThat(claims.object("claims").orElseThrow().object("id_token")).isPresent();
    JsonObject detail = claims.objects("authorization_details").orElseThrow().getFirst();
    assertThat(detail.number("amount")).contains(new BigDecimal("123.50"));
    assertThat(claims.strings("resource").orElseThrow())
        .containsExactly("https://api.example/a", "urn:example:b");
    assertThat(claims.string("scope")).contains("openid accounts");
  }

  @Test
  @Requirement({"JAR-1"})
  void writesOneResourceAsAString() throws Exception {
    AuthorizationRequest one =
        builder().resources(List.of(new ResourceIndicator("https://api.example/a"))).build();
    assertThat(claims(create(one)).string("resource")).contains("https://api.example/a");
    assertThat(verify(create(one), KEY).parameters().values("resource"))
        .containsExactly("https://api.example/a");
  }

  @Test
  @Requirement({"JAR-11"})
  void bearsTheJtiThatItIsGiven() {
    Jti jti = Jti.random(RANDOM);
    String object = RequestObject.create(JOSE, KEY, LEAST, ISSUER, NOW, MINUTE, Optional.of(jti));
    assertThat(verify(object, KEY).jti()).contains(jti);
    assertThat(verify(create(LEAST), KEY).jti()).isEmpty();
  }

  @Test
  @Requirement({"MS-5.3.2-4"})
  void isGoodForAnHourAtMost() throws Exception {
    String object =
        RequestObject.create(
            JOSE, KEY, LEAST, ISSUER, NOW, Duration.ofMinutes(60), Optional.empty());
    assertThat(claims(object).integer("exp")).contains(1750003600L);
    assertThat(verify(object, KEY).exp()).isEqualTo(NOW.plusSeconds(3600));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT60M0.000000001S", "PT61M", "PT0S", "PT0.999S", "PT-1S"})
  @Requirement({"MS-5.3.2-4"})
  void isNeverMadeForLongerOrForNoTime(Duration lifetime) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RequestObject.create(JOSE, KEY, LEAST, ISSUER, NOW, lifetime, Optional.empty()))
        .withMessageContaining("MS-5.3.2-4");
  }

  @Test
  @Requirement({"JAR-4"})
  void isCarriedWithNothingButTheClientId() {
    assertThat(RequestObject.toForm("a.b.c", CLIENT).names())
        .containsExactly("client_id", "request");
    assertThat(RequestObject.toForm("a.b.c", CLIENT).value("request")).contains("a.b.c");
  }

  @Test
  void doesNotShowWhatIsAskedForInText() {
    assertThat(RequestObject.read(create(whole())).toString()).isEqualTo("RequestObject[ES256]");
  }
}
