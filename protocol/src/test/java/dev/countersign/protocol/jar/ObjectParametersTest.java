package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.jar.RequestObjects.CLIENT;
import static dev.countersign.protocol.jar.RequestObjects.ISSUER;
import static dev.countersign.protocol.jar.RequestObjects.SECONDS;
import static dev.countersign.protocol.jar.RequestObjects.claims;
import static dev.countersign.protocol.jar.RequestObjects.refuses;
import static dev.countersign.protocol.jar.RequestObjects.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the members of an object become the parameters of a request. */
class ObjectParametersTest {
  private static Form parameters(String more) throws Exception {
    JsonObject claims =
        JsonObject.parse(
            """
            {"client_id":"client1","response_type":"code",\
            "redirect_uri":"https://client.example/cb",\
            "code_challenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",\
            "code_challenge_method":"S256","iss":"client1","aud":"%s","nbf":%d,"exp":%d%s}\
            """
                .formatted(ISSUER.value(), SECONDS, SECONDS + 60, more));
    return verify(JOSE.sign(JsonObject.builder().build(), claims, KEY)).parameters();
  }

  private static void refusedLater(String more, OAuthError error, String rule) throws Exception {
    Form parameters = parameters(more);
    Refusals.of(() -> AuthorizationRequest.read(parameters, CLIENT), error, rule);
  }

  @Test
  @Requirement({"JAR-1", "JAR-5"})
  void leavesOutTheClaimsOfTheJwtAndWhatNobodyKnows() throws Exception {
    Form parameters =
        parameters(",\"jti\":\"j\",\"iat\":1,\"sub\":\"x\",\"foo\":{\"a\":[1]},\"bar\":\"b\"");
    assertThat(parameters.names())
        .containsExactlyInAnyOrder(
            "client_id",
            "response_type",
            "redirect_uri",
            "code_challenge",
            "code_challenge_method");
  }

  @Test
  @Requirement({"JAR-4"})
  void neverBringsClientAuthentication() throws Exception {
    assertThat(parameters(",\"client_secret\":\"s\",\"client_assertion\":\"a\"").names())
        .doesNotContain("client_secret", "client_assertion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"state", "nonce", "scope", "redirect_uri", "response_mode", "prompt", "grant_id"})
  @Requirement({"JAR-1"})
  void refusesTextThatIsNoJsonString(String name) {
    for (Object value : List.of(5, true, List.of("a"), JsonObject.builder().build())) {
      assertThat(refuses(claims(name, value), "JAR-1").description())
          .isEqualTo(name + " of the request object is missing or malformed");
    }
    refuses(claims(name, "a\0b"), "JAR-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "max_age", "resource"})
  @Requirement({"JAR-1"})
  void neverTakesNullForAbsence(String name) {
    Refusals.of(
        () -> parameters(",\"" + name + "\":null"), OAuthError.INVALID_REQUEST_OBJECT, "JAR-1");
  }

  @ParameterizedTest
  @CsvSource({"3600, 3600", "3600.0, 3600", "3.6e3, 3600", "0, 0", "0.0, 0", "1E+2, 100"})
  @Requirement({"JAR-1", "OA-15"})
  void readsNumbersHoweverTheyAreWritten(String number, String text) throws Exception {
    assertThat(parameters(",\"max_age\":" + number).value("max_age")).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "-1", "1e400", "1e9", "9999999999999999999999999999999999999999"})
  @Requirement({"JAR-1", "OA-15"})
  void refusesNumbersThatAreNoAgeAsIfTheyHadComeUnsigned(String number) throws Exception {
    refusedLater(",\"max_age\":" + number, OAuthError.INVALID_REQUEST, "OA-15");
  }

  @Test
  @Requirement({"JAR-1"})
  void refusesANumberThatIsText() {
    refuses(claims("max_age", "3600"), "JAR-1");
    refuses(claims("max_age", List.of(1)), "JAR-1");
  }

  @Test
  @Requirement({"JAR-1"})
  void takesResourcesAsAStringOrAnArrayOfStrings() throws Exception {
    assertThat(parameters(",\"resource\":\"urn:a\"").values("resource")).containsExactly("urn:a");
    assertThat(parameters(",\"resource\":[\"urn:a\",\"urn:b\"]").values("resource"))
        .containsExactly("urn:a", "urn:b");
    assertThat(parameters(",\"resource\":[]").has("resource")).isFalse();
    refuses(claims("resource", 1), "JAR-1");
    refuses(claims("resource", List.of("urn:a", 1)), "JAR-1");
    refuses(claims("resource", List.of(List.of("urn:a"))), "JAR-1");
  }

  @Test
  @Requirement({"JAR-1", "RAR-2-2"})
  void keepsNumbersOfDetailsAsTheyAreWritten() throws Exception {
    String details =
        "[{\"type\":\"t\",\"a\":0.10,\"b\":123456789012345678901234567890,\"c\":null}]";
    assertThat(parameters(",\"authorization_details\":" + details).value("authorization_details"))
        .contains(details);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"[]\"", "\"[{\\\"type\\\":\\\"t\\\"}]\"", "{}", "null", "5", "[1]"})
  @Requirement({"RAR-2-2", "RAR-5-1"})
  void refusesDetailsThatAreNoArrayAsIfTheyHadComeUnsigned(String details) throws Exception {
    refusedLater(
        ",\"authorization_details\":" + details,
        OAuthError.INVALID_AUTHORIZATION_DETAILS,
        "RAR-5-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"{}\"", "[]", "null", "true"})
  @Requirement({"JAR-1", "OA-16"})
  void refusesClaimsThatAreNoObjectAsIfTheyHadComeUnsigned(String claims) throws Exception {
    refusedLater(",\"claims\":" + claims, OAuthError.INVALID_REQUEST, "OA-16");
  }

  @Test
  @Requirement({"JAR-6"})
  void refusesARegistrationAsIfItHadComeUnsigned() throws Exception {
    refusedLater(",\"registration\":{}", OAuthError.REGISTRATION_NOT_SUPPORTED, "OA-1");
  }
}
