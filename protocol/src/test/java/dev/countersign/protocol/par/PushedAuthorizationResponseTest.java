package dev.countersign.protocol.par;

import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedAuthorizationResponseTest {

  private static final RequestUri URI = RequestUri.random(RANDOM);

  @Test
  @Requirement({"PAR-5", "PAR-6"})
  void losesNothingOnTheWay() throws Exception {
    PushedAuthorizationResponse response =
        new PushedAuthorizationResponse(URI, Duration.ofSeconds(90));
    assertThat(response.toJson().toJson())
        .isEqualTo("{\"request_uri\":\"" + URI.reveal() + "\",\"expires_in\":90}");
    assertThat(PushedAuthorizationResponse.read(response.toJson())).isEqualTo(response);
  }

  @Test
  @Requirement({"SP-5.3.2.2-12"})
  void neverGivesOutARequestUriFor600SecondsOrMore() {
    assertThat(new PushedAuthorizationResponse(URI, Duration.ofSeconds(599)).toJson()).isNotNull();
    PushedAuthorizationResponse tooLong =
        new PushedAuthorizationResponse(URI, Duration.ofMinutes(10));
    assertThatIllegalStateException().isThrownBy(tooLong::toJson);
  }

  @Test
  @Requirement({"PAR-5"})
  void refusesALifetimeThatIsNotAPositiveNumberOfSeconds() {
    for (Duration duration : new Duration[] {Duration.ZERO, Duration.ofMillis(1500)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PushedAuthorizationResponse(URI, duration));
    }
  }

  @Test
  void readsTheRequestUriOfAnotherMake() throws Exception {
    JsonObject body =
        JsonObject.parse(
            "{\"request_uri\":\"https://as.example/r/1\",\"expires_in\":3600,\"x\":1}");
    assertThat(PushedAuthorizationResponse.read(body).requestUri().reveal())
        .isEqualTo("https://as.example/r/1");
  }

  @ParameterizedTest
  @Requirement({"PAR-5"})
  @ValueSource(
      strings = {
        "{\"expires_in\":60}",
        "{\"request_uri\":\"urn:x:y\"}",
        "{\"request_uri\":\"\",\"expires_in\":60}",
        "{\"request_uri\":1,\"expires_in\":60}",
        "{\"request_uri\":\"urn:x:y\",\"expires_in\":0}",
        "{\"request_uri\":\"urn:x:y\",\"expires_in\":-1}",
        "{\"request_uri\":\"urn:x:y\",\"expires_in\":9223372036854775807}",
        "{\"request_uri\":\"urn:x:y\",\"expires_in\":\"60\"}"
      })
  void refusesAnAnswerWithoutUsableMembers(String body) throws Exception {
    JsonObject json = JsonObject.parse(body);
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> PushedAuthorizationResponse.read(json));
  }

  @Test
  void doesNotShowTheRequestUriInText() {
    assertThat(new PushedAuthorizationResponse(URI, Duration.ofSeconds(90)).toString())
        .doesNotContain(URI.reveal());
  }
}
