package dev.countersign.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.demo.attacked.HastyClock;
import dev.countersign.protocol.jose.Jose;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole attack on a deployment of ours that has everything turned on. */
class DemoAttackTest {
  private static Findings findings;

  @BeforeAll
  static void attack() throws IOException {
    HastyClock clock = new HastyClock();
    try (AttackedScene scene = AttackedScene.open(Jose.jdk(), clock)) {
      findings =
          Attack.run(
              new Attack.Settings(
                  scene.target(), Jose.jdk(), new SecureRandom(), clock, Set.of(), clock),
              new Quiet());
    }
  }

  private static Map<String, String> of(Verdict verdict) {
    return findings.results().stream()
        .filter(result -> result.verdict() == verdict)
        .collect(
            Collectors.toMap(
                result -> result.about().id(), Result::reason, (one, _) -> one, TreeMap::new));
  }

  @Test
  void nothingIsVulnerable() {
    assertThat(of(Verdict.VULNERABLE)).isEmpty();
  }

  @Test
  void nothingIsInconclusive() {
    assertThat(of(Verdict.INCONCLUSIVE)).isEmpty();
  }

  @Test
  void everyRefusalIsTheOneThatTheSpecificationNames() {
    assertThat(of(Verdict.SECURE_BUT_ODD_CODE)).isEmpty();
  }
}
