package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtClaimsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "1750000000, 2025-06-15T15:06:40Z",
    "1750000000.0, 2025-06-15T15:06:40Z",
    "1750000000.5, 2025-06-15T15:06:40.500Z",
    "1.75e9, 2025-06-15T15:06:40Z",
    "1750000000.1234567899, 2025-06-15T15:06:40.123456789Z",
    "253402300799, 9999-12-31T23:59:59Z",
  })
  void readsNumericDates(String number, String instant) throws InvalidJwtException {
    assertThat(claims("{\"exp\":" + number + "}").requiredInstant("exp"))
        .isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "-0.5", "253402300800", "1e300", "\"1750000000\"", "null", "true", "[1]"})
  @Requirement({"SP-5.4.1-1.1"})
  void refusesWhatIsNoNumericDate(String number) {
    assertThatThrownBy(() -> claims("{\"exp\":" + number + "}").instant("exp"))
        .isInstanceOfSatisfying(
            InvalidJwtException.class,
            refused -> assertThat(refused.rule().value()).isEqualTo("CA-2"));
  }

  @Test
  void refusesAClaimThatMustBeThere() throws InvalidJwtException {
    JwtClaims claims = claims("{\"iss\":\"a\",\"sub\":\"\"}");

    assertThat(claims.requiredString("iss")).isEqualTo("a");
    assertThat(claims.string("jti")).isEmpty();
    assertThat(claims.instant("exp")).isEmpty();
    assertThatThrownBy(() -> claims.requiredString("jti")).hasMessage("CA-2: claim jti is missing");
    assertThatThrownBy(() -> claims.requiredString("sub")).hasMessage("CA-2: claim sub is missing");
    assertThatThrownBy(() -> claims.requiredInstant("exp"))
        .hasMessage("CA-2: claim exp is missing");
  }

  @Test
  void readsAnAudienceOfOneOrMore() throws InvalidJwtException {
    assertThat(claims("{\"aud\":\"a\"}").audience()).isEqualTo(List.of("a"));
    assertThat(claims("{\"aud\":[\"a\",\"b\"]}").audience()).isEqualTo(List.of("a", "b"));
    assertThat(claims("{}").audience()).isEmpty();
    assertThatThrownBy(() -> claims("{\"aud\":[1]}").audience())
        .isInstanceOf(InvalidJwtException.class);
    assertThatThrownBy(() -> claims("{\"aud\":null}").audience())
        .isInstanceOf(InvalidJwtException.class);
  }

  @Test
  void refusesAStringOfAnotherType() {
    assertThatThrownBy(() -> claims("{\"iss\":1}").string("iss"))
        .hasMessage("CA-2: member iss is not a string");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "10, false", "30, false", "31, true", "60, true", "61, true"})
  @Requirement({"SP-5.3.2.1-13"})
  void acceptsAClockUpTo30SecondsAhead(int ahead, boolean refused) {
    Instant now = Instant.parse("2025-06-15T15:06:40Z");

    assertThat(TimeRules.isFromTheFuture(now.plusSeconds(ahead), now)).isEqualTo(refused);
    assertThat(TimeRules.isFromTheFuture(now.minusSeconds(ahead), now)).isFalse();
  }

  @Test
  void isExpiredAtTheVeryInstant() {
    Instant exp = Instant.parse("2025-06-15T15:06:40Z");

    assertThat(TimeRules.isExpired(exp, exp.minusNanos(1))).isFalse();
    assertThat(TimeRules.isExpired(exp, exp)).isTrue();
    assertThat(TimeRules.isExpired(exp, exp.plusNanos(1))).isTrue();
  }

  private static JwtClaims claims(String text) {
    return JwtClaims.of(Keys.json(text), "CA-2");
  }
}
