package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NanosTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999999Z",
        "1677-09-21T00:12:44Z",
        "2026-03-01T12:00:00.123456789Z",
        "2262-04-11T23:47:15.999999999Z"
      })
  void comesBackAsItWas(String text) {
    Instant instant = Instant.parse(text);

    assertThat(Nanos.toInstant(Nanos.of(instant))).isEqualTo(instant);
  }

  @Test
  void keepsTheOrderOfNeighbours() {
    Instant instant = Instant.parse("2026-03-01T12:00:00.123456789Z");

    assertThat(Nanos.of(instant.plusNanos(1))).isEqualTo(Nanos.of(instant) + 1);
    assertThat(Nanos.after(instant)).isEqualTo(Nanos.of(instant.plusNanos(1)));
  }

  @Test
  void takesWhatIsTooLateAsNever() {
    assertThat(Nanos.of(Instant.parse("2262-04-11T23:47:16Z"))).isEqualTo(Nanos.NEVER);
    assertThat(Nanos.of(Instant.MAX)).isEqualTo(Nanos.NEVER);
    assertThat(Nanos.after(Instant.MAX)).isEqualTo(Nanos.NEVER);
  }

  @Test
  void takesWhatIsTooEarlyAsTheBeginning() {
    assertThat(Nanos.of(Instant.parse("1677-09-21T00:12:43Z"))).isEqualTo(Long.MIN_VALUE);
    assertThat(Nanos.of(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
  }
}
