package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static dev.countersign.protocol.jar.RequestObjects.CLIENT;
import static dev.countersign.protocol.jar.RequestObjects.ISSUER;
import static dev.countersign.protocol.jar.RequestObjects.KEYS;
import static dev.countersign.protocol.jar.RequestObjects.NOW;
import static dev.countersign.protocol.jar.RequestObjects.claims;
import static dev.countersign.protocol.jar.RequestObjects.refuses;
import static dev.countersign.protocol.jar.RequestObjects.signed;
import static dev.countersign.protocol.jar.RequestObjects.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.idtoken.IdTokenHints;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Request objects in place of other JWTs and the reverse, all signed by one key: type and claims
 * have to tell them apart.
 */
@Requirement("J-13")
class CrossJwtTest {
  private static final URI PAR = URI.create("https://as.example.com/par");
  private static final String API = "https://api.example.com";

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of("client assertion", assertion(), "MS-5.3.1-5"),
        Arguments.of("DPoP proof", proof(), "MS-5.3.1-5"),
        Arguments.of("access token", accessToken(), "MS-5.3.1-5"),
        Arguments.of("introspection JWT", introspection(), "MS-5.3.1-5"),
        Arguments.of("ID token", idToken(), "JAR-2"),
        Arguments.of("authorization response", response(), "JAR-2"));
  }

  private static String assertion() {
    return ClientAssertion.create(JOSE, KEY, CLIENT, ISSUER, Jti.random(RANDOM), NOW);
  }

  private static String proof() {
    return DpopProof.create(
        JOSE, KEY, "POST", PAR, Jti.random(RANDOM), NOW, Optional.empty(), Optional.empty());
  }

  private static String accessToken() {
    return new AccessTokenClaims(
            ISSUER,
            new Subject("sub1"),
            List.of(ISSUER.value()),
            CLIENT,
            new Jti("j1"),
            NOW,
            NOW.plusSeconds(300),
            Scope.of("accounts"),
            new Confirmation.DpopKey(KEY.thumbprint()),
            Optional.empty(),
            Optional.empty(),
            AuthorizationDetails.NONE,
            GrantHandles.NONE)
        .sign(JOSE, KEY)
        .reveal();
  }

  private static String introspection() {
    return IntrospectionJwt.sign(
        JOSE, KEY, ISSUER, CLIENT, new IntrospectionResponse.Inactive(), NOW);
  }

  private static String idToken() {
    return new IdTokenClaims(
            ISSUER,
            new Subject("sub1"),
            CLIENT,
            NOW,
            NOW.plusSeconds(300),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .sign(JOSE, KEY);
  }

  private static String response() {
    return Jwts.signed(
        Map.of(),
        Map.of(
            "iss", ISSUER.value(),
            "aud", CLIENT.value(),
            "exp", NOW.plusSeconds(300).getEpochSecond(),
            "code", "c",
            "state", "s"),
        KEY);
  }

  private static String retyped(String jwt) throws InvalidJwtException {
    return JOSE.sign(JsonObject.builder().build(), CompactJws.parse(jwt).unverifiedClaims(), KEY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void noOtherJwtIsARequestObject(String name, String jwt, String rule) {
    refuses(jwt, rule);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void noneIsWithoutItsTypeEither(String name, String jwt, String rule) throws Exception {
    refuses(retyped(jwt), "JAR-2");
  }

  @Test
  @Requirement("JAR-3")
  void noAssertionThatNamesARequestIsOne() {
    refuses(claims("sub", CLIENT.value()), "JAR-3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"JAR-3", "CA-2"})
  void anObjectIsNoClientAssertion(boolean typed) {
    Form form = ClientAssertion.toForm(object(typed));
    Refusals.of(
        () ->
            ClientAssertion.read(form, Headers.NONE)
                .verify(JOSE, KEYS, Optional.empty(), ISSUER, NOW),
        OAuthError.INVALID_CLIENT,
        "CA-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoDpopProof(boolean typed) {
    Refusals.of(
        () ->
            new DpopVerifier(JOSE)
                .verify(
                    List.of(object(typed)),
                    new DpopExpectation(
                        "POST", List.of(PAR), Optional.empty(), new NoncePolicy.Ignored()),
                    NOW),
        OAuthError.INVALID_DPOP_PROOF,
        "DP-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoAccessToken(boolean typed) {
    assertThat(
            Refusals.of(
                    () ->
                        new AccessTokenVerifier(JOSE, ISSUER, API)
                            .verify(new AccessToken(object(typed)), KEYS, NOW))
                .error())
        .isEqualTo(OAuthError.INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoIdTokenAndNoHint(boolean typed) {
    assertThatExceptionOfType(InvalidJwtException.class)
        .isThrownBy(
            () ->
                new IdTokenVerifier(JOSE, ISSUER, CLIENT)
                    .verify(object(typed), KEYS, Optional.empty(), Optional.empty(), NOW));
    Form hint = Form.builder().add(IdTokenHints.PARAMETER, object(typed)).build();
    Refusals.of(
        () -> new IdTokenHints(JOSE, KEYS, ISSUER).person(hint, CLIENT),
        OAuthError.INVALID_REQUEST,
        "OA-18");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoIntrospectionJwt(boolean typed) {
    assertThatExceptionOfType(InvalidJwtException.class)
        .isThrownBy(
            () ->
                IntrospectionJwt.verify(
                    JOSE, CompactJws.parse(object(typed)), KEYS, ISSUER, CLIENT, NOW));
  }

  private static String object(boolean typed) {
    String object = typed ? signed(claims()) : Jwts.signed(Map.of(), claims(), KEY);
    assertThat(verify(object).parameters().value("state")).contains("s");
    return object;
  }
}
