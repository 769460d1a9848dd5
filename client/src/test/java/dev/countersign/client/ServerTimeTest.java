package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Requirement({"SP-5.3.3.1-N1", "IA-CLK"})
class ServerTimeTest {

  private final TestClock clock = new TestClock();
  private final ServerTime time = new ServerTime(clock);

  private Headers refusalAfter(Duration difference) {
    return refusalAt(clock.instant().plus(difference));
  }

  private static Headers refusalAt(Instant date) {
    return Headers.of(
        List.of(
            Map.entry(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)))));
  }

  @Test
  void aServerCannotMoveTheClockToADistantDay() {
    Duration day = Duration.ofHours(24);
    for (Headers distant :
        List.of(
            refusalAt(Instant.parse("9999-12-31T23:59:59Z")),
            refusalAfter(day.plusSeconds(1)),
            refusalAfter(day.plusSeconds(1).negated()))) {
      assertThat(time.learnFrom(distant, time.correction())).isFalse();
      assertThat(time.now()).isEqualTo(clock.instant());
    }
    assertThat(time.learnFrom(refusalAfter(day), time.correction())).isTrue();
    assertThat(time.now()).isEqualTo(clock.instant().plus(day));
  }

  @Test
  void twoConcurrentRefusalsBothLearn() {
    Duration used = time.correction();
    Headers refusal = refusalAfter(Duration.ofHours(1));
    assertThat(time.learnFrom(refusal, used)).isTrue();
    assertThat(time.learnFrom(refusal, used)).isTrue();
    assertThat(time.learnFrom(refusal, time.correction())).isFalse();
    assertThat(time.now()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
  }
}
