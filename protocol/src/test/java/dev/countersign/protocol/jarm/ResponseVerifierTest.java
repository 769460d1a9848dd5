package dev.countersign.protocol.jarm;

import static dev.countersign.protocol.fixture.Jwts.ED25519_KEY;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.members;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"JARM-6", "MS-5.4.2-2"})
class ResponseVerifierTest {

  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ClientId CLIENT = new ClientId("client1");
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final JwkSet KEYS = JwkSet.of(List.of(KEY.publicJwk(), ED25519_KEY.publicJwk()));
  private static final Optional<State> STATE = Optional.of(new State("s1"));
  private static final AuthorizationResponse SUCCESS =
      new AuthorizationResponse.Success(new AuthorizationCode("c1"), STATE, ISSUER);
  private static final AuthorizationResponse FAILURE =
      new AuthorizationResponse.Failure(OAuthError.ACCESS_DENIED, "No", STATE, ISSUER);

  private final ResponseVerifier verifier = new ResponseVerifier(JOSE, ISSUER, CLIENT);

  @Test
  void readsASignedCode() {
    AddressedResponse opened = verifier.open(ResponseJwt.parameters(created(SUCCESS)), NOW);

    assertThat(opened.verify(KEYS)).isEqualTo(SUCCESS);
    assertThat(opened.jws().kid()).contains(KEY.kid());
    assertThat(opened.toString()).doesNotContain("c1");
  }

  @Test
  void readsASignedError() {
    assertThat(verifier.open(created(FAILURE), NOW).verify(KEYS)).isEqualTo(FAILURE);
  }

  @Test
  void readsAResponseThatSaysMoreThanItNeeds() {
    Map<String, Object> claims = claims();
    claims.put("aud", List.of(CLIENT.value()));
    claims.put("iat", NOW.getEpochSecond());
    claims.put("nbf", NOW.getEpochSecond() + 30);
    claims.put("scope", "openid");
    claims.put("error_uri", "https://as.example.com/errors");
    String jwt = Jwts.signed(Map.of("typ", "JWT"), claims, ED25519_KEY);

    assertThat(verifier.open(jwt, NOW).verify(KEYS)).isEqualTo(SUCCESS);
  }

  @Test
  @Requirement({"JARM-2"})
  void refusesAnAnswerWithoutASignedResponse() {
    Form plain = Form.builder().add("code", "c1").add("iss", ISSUER.value()).build();

    Refusals.of(() -> verifier.open(plain, NOW), OAuthError.INVALID_REQUEST, "MS-5.4.2-2");
  }

  /** Only what is signed counts: whoever adds a code to the address of the client is not heard. */
  @Test
  @Requirement({"S-06"})
  void doesNotLookAtWhatStandsBesideIt() {
    Form both =
        Form.builder()
            .add("code", "c2")
            .add("state", "s2")
            .add("iss", "https://evil.example")
            .add(ResponseJwt.PARAMETER, created(SUCCESS))
            .build();

    assertThat(verifier.open(both, NOW).verify(KEYS)).isEqualTo(SUCCESS);
  }

  @ParameterizedTest
  @Requirement({"S-05", "ATT-62"})
  @ValueSource(strings = {"iss", "aud", "exp"})
  void refusesAResponseWithoutAClaimThatAddressesIt(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    refusesUnopened(claims);
  }

  @Test
  @Requirement({"S-05", "ATT-62", "SP-5.3.3.2-5"})
  void refusesAnotherIssuerBeforeItLooksAtAnyKey() {
    for (Object iss :
        List.of(
            "https://evil.example",
            "https://as.example.com/",
            "https://AS.example.com",
            "",
            7,
            List.of(ISSUER.value()))) {
      Map<String, Object> claims = claims();
      claims.put("iss", iss);
      refusesUnopened(claims);
    }
  }

  @Test
  @Requirement({"S-05", "ATT-62"})
  void refusesAResponseForAnotherClient() {
    for (Object aud :
        List.of(
            "client2",
            "Client1",
            "",
            7,
            List.of(),
            List.of("client2"),
            List.of("client1", "client2"),
            List.of(7))) {
      Map<String, Object> claims = claims();
      claims.put("aud", aud);
      refusesUnopened(claims);
    }
  }

  @ParameterizedTest
  @Requirement({"S-05", "ATT-62"})
  @CsvSource({
    "-600, false",
    "-1, false",
    "0, false",
    "1, true",
    "600, true",
    "630, true",
    "631, false",
    "86400, false"
  })
  void takesAResponseFromNowToTenMinutesAhead(long seconds, boolean good) {
    Map<String, Object> claims = claims();
    claims.put("exp", NOW.getEpochSecond() + seconds);
    if (good) {
      assertThat(verifier.open(signed(claims), NOW).verify(KEYS)).isEqualTo(SUCCESS);
    } else {
      refusesUnopened(claims);
    }
  }

  @Test
  void refusesAnExpThatIsNoTime() {
    for (Object exp : List.of("1750000300", -1, true, List.of(1750000300))) {
      Map<String, Object> claims = claims();
      claims.put("exp", exp);
      refusesUnopened(claims);
    }
  }

  @Test
  void refusesAResponseThatIsNotGoodYet() {
    Map<String, Object> claims = claims();
    claims.put("nbf", NOW.getEpochSecond() + 31);
    refusesUnopened(claims);
  }

  @Test
  @Requirement({"S-05", "SP-5.4.1-1.3"})
  void refusesAnUnsignedResponse() {
    String payload = Jwts.json(claims()).toJson();
    for (String alg : List.of("none", "NONE", "nOnE")) {
      String jwt = Jwts.raw("{\"alg\":\"" + alg + "\"}", payload, new byte[0]);
      Refusals.of(() -> verifier.open(jwt, NOW), OAuthError.INVALID_REQUEST, "SP-5.4.1-1.3");
    }
  }

  @ParameterizedTest
  @Requirement({"S-05", "SP-5.4.1-1.2"})
  @ValueSource(strings = {"RS256", "HS256", "ES384", "PS512"})
  void refusesAnAlgorithmThatIsNotOurs(String alg) {
    String jwt = Jwts.withHeader(signed(claims()), "{\"alg\":\"" + alg + "\"}");
    Refusals.of(() -> verifier.open(jwt, NOW), OAuthError.INVALID_REQUEST, "SP-5.4.1-1.2");
  }

  @Test
  void refusesAnEncryptedResponse() {
    String header = "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSJ9";
    String jwe = header + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";
    assertThat(
            Refusals.of(() -> verifier.open(jwe, NOW), OAuthError.INVALID_REQUEST, "JARM-6")
                .description())
        .isEqualTo("the signed response is encrypted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c1", "e30.e30", "e30.e30.", "a.b.c", "e30.e30.e30.e30"})
  void refusesWhatIsNoJwt(String compact) {
    Refusals.of(() -> verifier.open(compact, NOW), OAuthError.INVALID_REQUEST, "SP-5.4.1-1.1");
  }

  @Test
  void refusesAMemberThatIsThereTwice() {
    String payload =
        "{\"iss\":\"https://as.example.com\",\"aud\":\"client1\",\"exp\":1750000300,"
            + "\"code\":\"c1\",\"code\":\"c2\"}";
    String jwt = Jwts.raw("{\"alg\":\"ES256\"}", payload, signatureBytes());
    Refusals.of(() -> verifier.open(jwt, NOW), OAuthError.INVALID_REQUEST, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"S-05"})
  void refusesASignatureOfAnotherKey() {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + KEY.kid() + "\"}";
    String bySomebody = Jwts.withHeader(Jwts.signed(Map.of(), claims(), OTHER_KEY), header);
    refusesSignature(bySomebody, "SP-5.4.1-1.1");
    refusesSignature(Jwts.signed(Map.of(), claims(), OTHER_KEY), "SP-5.4.3-1");
    refusesSignature(Jwts.withBrokenSignature(signed(claims())), "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"S-05"})
  void refusesAChangedClaim() {
    Map<String, Object> changed = claims();
    changed.put("code", "c2");
    String good = signed(claims());
    String other = signed(changed);
    String mixed =
        good.substring(0, good.indexOf('.'))
            + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
            + good.substring(good.lastIndexOf('.'));
    refusesSignature(mixed, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"JARM-7"})
  void takesTheRegisteredAlgorithmAndNoOther() {
    ResponseVerifier strict =
        new ResponseVerifier(JOSE, ISSUER, CLIENT, Optional.of(SignatureAlgorithm.EDDSA));

    assertThat(strict.open(Jwts.signed(Map.of(), claims(), ED25519_KEY), NOW).verify(KEYS))
        .isEqualTo(SUCCESS);
    Refusals.of(() -> strict.open(signed(claims()), NOW), OAuthError.INVALID_REQUEST, "JARM-6");
  }

  @ParameterizedTest
  @Requirement({"J-13"})
  @ValueSource(
      strings = {
        "at+jwt",
        "application/at+jwt",
        "dpop+jwt",
        "oauth-authz-req+jwt",
        "token-introspection+jwt",
        "client-authentication+jwt"
      })
  void refusesAJwtThatSaysItIsSomethingElse(String type) {
    String jwt = Jwts.signed(Map.of("typ", type), claims(), KEY);
    Refusals.of(() -> verifier.open(jwt, NOW), OAuthError.INVALID_REQUEST, "JARM-6");
  }

  @Test
  @Requirement({"J-13", "OA-1"})
  void refusesAnIdTokenInPlaceOfAResponse() {
    Map<String, Object> claims = claims();
    claims.remove("code");
    claims.put("sub", "sub1");
    claims.put("c_hash", "AAAA");
    refusesSigned(claims, "OA-1");
  }

  @Test
  @Requirement({"OA-1"})
  void refusesACodeTogetherWithAnError() {
    Map<String, Object> claims = claims();
    claims.put("error", "access_denied");
    refusesSigned(claims, "OA-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "code", "error", "error_description"})
  void refusesAParameterOfAnotherType(String name) {
    for (Object value : List.of(7, true, List.of("c1"), Jwts.json(Map.of("a", "b")))) {
      Map<String, Object> claims = claims();
      claims.put(name, value);
      refusesSigned(claims, "JARM-6");
    }
  }

  private void refusesUnopened(Map<String, Object> claims) {
    String jwt = signed(claims);
    Refusals.of(() -> verifier.open(jwt, NOW), OAuthError.INVALID_REQUEST, "JARM-6");
  }

  /** Refused by what it says, though everything about its signature is right. */
  private void refusesSigned(Map<String, Object> claims, String rule) {
    AddressedResponse opened = verifier.open(signed(claims), NOW);
    Refusals.of(() -> opened.verify(KEYS), OAuthError.INVALID_REQUEST, rule);
  }

  private void refusesSignature(String jwt, String rule) {
    AddressedResponse opened = verifier.open(jwt, NOW);
    Refusals.of(() -> opened.verify(KEYS), OAuthError.INVALID_REQUEST, rule);
  }

  private static Map<String, Object> claims() {
    return members(
        "iss",
        ISSUER.value(),
        "aud",
        CLIENT.value(),
        "exp",
        NOW.getEpochSecond() + 300,
        "state",
        "s1",
        "code",
        "c1");
  }

  private static String signed(Map<String, Object> claims) {
    return Jwts.signed(Map.of(), claims, KEY);
  }

  private static String created(AuthorizationResponse response) {
    return ResponseJwt.create(JOSE, KEY, response, CLIENT, NOW, Duration.ofMinutes(5));
  }

  private static byte[] signatureBytes() {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) 1);
    return bytes;
  }
}
