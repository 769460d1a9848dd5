package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.jar.RequestObjects.CLIENT;
import static dev.countersign.protocol.jar.RequestObjects.claims;
import static dev.countersign.protocol.jar.RequestObjects.refuses;
import static dev.countersign.protocol.jar.RequestObjects.signed;
import static dev.countersign.protocol.jar.RequestObjects.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.fixture.JwtReader;
import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.fixture.SampleJwt;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Request objects in place of other JWTs and the reverse, also where the type does not tell them
 * apart: then claims have to.
 */
@Requirement("J-13")
class CrossJwtTest {
  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(SampleJwt.CLIENT_ASSERTION, "MS-5.3.1-5"),
        Arguments.of(SampleJwt.DPOP_PROOF, "MS-5.3.1-5"),
        Arguments.of(SampleJwt.ACCESS_TOKEN, "MS-5.3.1-5"),
        Arguments.of(SampleJwt.INTROSPECTION_ANSWER, "MS-5.3.1-5"),
        Arguments.of(SampleJwt.ID_TOKEN, "JAR-2"),
        Arguments.of(SampleJwt.AUTHORIZATION_RESPONSE, "JAR-2"),
        Arguments.of(SampleJwt.AUTHORIZATION_REFUSED, "JAR-2"));
  }

  private static String retyped(String jwt) throws InvalidJwtException {
    return JOSE.sign(JsonObject.builder().build(), CompactJws.parse(jwt).unverifiedClaims(), KEY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void noOtherJwtIsARequestObject(SampleJwt other, String rule) {
    refuses(other.jwt(), rule);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void noneIsWithoutItsTypeEither(SampleJwt other, String rule) throws Exception {
    refuses(retyped(other.jwt()), "JAR-2");
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
    refused(JwtReader.CLIENT_AUTHENTICATION, typed, OAuthError.INVALID_CLIENT, "CA-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoDpopProof(boolean typed) {
    refused(JwtReader.DPOP, typed, OAuthError.INVALID_DPOP_PROOF, "DP-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoAccessToken(boolean typed) {
    refused(JwtReader.RESOURCE, typed, OAuthError.INVALID_TOKEN, "AT-4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoIdTokenAndNoHint(boolean typed) {
    isNone(JwtReader.ID_TOKEN, typed);
    refused(JwtReader.ID_TOKEN_HINT, typed, OAuthError.INVALID_REQUEST, "OA-18");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsNoIntrospectionJwt(boolean typed) {
    isNone(JwtReader.INTROSPECTION, typed);
  }

  private static void refused(JwtReader reader, boolean typed, OAuthError error, String rule) {
    String object = object(typed);
    Refusals.of(() -> reader.read(object), error, rule);
  }

  private static void isNone(JwtReader reader, boolean typed) {
    String object = object(typed);
    assertThatExceptionOfType(InvalidJwtException.class).isThrownBy(() -> reader.read(object));
  }

  private static String object(boolean typed) {
    String object = typed ? signed(claims()) : Jwts.signed(Map.of(), claims(), KEY);
    assertThat(verify(object).parameters().value("state")).contains("s");
    return object;
  }
}
