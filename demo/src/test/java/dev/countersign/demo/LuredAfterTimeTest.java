package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.attacker.report.Progress;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.demo.attacked.HastyClock;
import dev.countersign.protocol.jose.Jose;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clients that are lured believe what the attacker's server says of the time. */
class LuredAfterTimeTest {
  private static final Progress QUIET =
      new Progress() {
        @Override
        public void begins(About about, int number, int of) {}

        @Override
        public void ended(Result result, int number, int of) {}
      };

  @Test
  void findsTheSameBeforeAndAfterTimeHasPassed() throws Exception {
    HastyClock clock = new HastyClock();
    try (AttackedScene scene = AttackedScene.open(Jose.jdk(), clock)) {
      for (Duration more : new Duration[] {Duration.ZERO, Duration.ofMinutes(3)}) {
        clock.pass(more);
        Findings findings =
            Attack.run(
                new Attack.Settings(
                    scene.target(),
                    Jose.jdk(),
                    new SecureRandom(),
                    clock,
                    Set.of("A1-24", "A5-10", "S-05", "S-12"),
                    clock),
                QUIET);
        assertThat(findings.results())
            .as("after %s", more)
            .hasSizeGreaterThanOrEqualTo(4)
            .extracting(Result::verdict)
            .containsOnly(Verdict.SECURE);
      }
    }
  }
}
