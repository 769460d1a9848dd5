package dev.countersign.protocol.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Requirement({"IN-4", "SP-5.3.4-3", "SP-5.3.4-5"})
class IntrospectionVerifierTest {
  private static final Instant EXP = Instant.ofEpochSecond(1772370300);
  private static final Duration LEEWAY = Duration.ofSeconds(5);
  private static final String GOOD =
      """
      {"active":true,"exp":1772370300,"nbf":1772370030,"aud":["https://other","https://api"],\
      "iss":"https://as.example.com",\
      "cnf":{"jkt":"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"}}\
      """;

  private final IntrospectionVerifier verifier =
      new IntrospectionVerifier(new Issuer("https://as.example.com"), "https://api", LEEWAY);

  private VerifiedIntrospection verify(String text, Instant now) {
    try {
      return verifier.verify(IntrospectionResponse.read(JsonObject.parse(text)), now);
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void takesAnAnswerUntilItsTokenExpires() {
    Instant last = EXP.plus(LEEWAY).minusNanos(1);
    assertThat(verify(GOOD, last).exp()).isEqualTo(EXP);
    Refusals.of(() -> verify(GOOD, last.plusNanos(1)), OAuthError.INVALID_TOKEN, "IN-4");
  }

  @Test
  @Requirement({"SP-5.3.2.1-13"})
  void takesAnNbfUpTo30SecondsAhead() {
    Instant first = Instant.ofEpochSecond(1772370000);
    assertThat(verify(GOOD, first)).isNotNull();
    Refusals.of(() -> verify(GOOD, first.minusNanos(1)), OAuthError.INVALID_TOKEN, "IN-4");
  }

  @Test
  void needsNoIssuerInTheAnswer() {
    assertThat(verify(GOOD.replace("\"iss\":\"https://as.example.com\",", ""), EXP)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"active\":true | \"active\":false",
        "\"exp\":1772370300, | ``",
        "\"https://api\" | \"https://api/\"",
        "\"aud\":[\"https://other\",\"https://api\"], | ``",
        "https://as.example.com | https://as.example.com/",
        "\"jkt\" | \"x5u\"",
        "\"cnf\" | \"conf\""
      })
  void refusesAnAnswerThatIsNotGoodHere(String right, String wrong) {
    Refusals.of(
        () -> verify(GOOD.replace(right.strip(), wrong.strip()), EXP),
        OAuthError.INVALID_TOKEN,
        "IN-4");
  }
}
