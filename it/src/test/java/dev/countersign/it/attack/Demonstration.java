package dev.countersign.it.attack;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.demo.attacked.HastyClock;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of an attack on a deployment of ours that has everything turned on.
 *
 * @param target what was attacked, with all that the attacker knows
 * @param findings all of it
 */
record Demonstration(Target target, Findings findings) {

  /** Attacks, by all means. */
  static Demonstration attacked() throws IOException {
    HastyClock clock = new HastyClock();
    try (AttackedScene scene = AttackedScene.open(Jose.jdk(), clock)) {
      return new Demonstration(
          scene.target(),
          Attack.run(
              new Attack.Settings(
                  scene.target(), Jose.jdk(), new SecureRandom(), clock, Set.of(), clock),
              new Quiet()));
    }
  }

  /** The recipes that ended so, with the reason. */
  Map<String, String> of(Verdict verdict) {
    return findings.results().stream()
        .filter(result -> result.verdict() == verdict)
        .collect(
            Collectors.toMap(
                result -> result.about().id(), Result::reason, (one, _) -> one, TreeMap::new));
  }

  /** The verdicts of all recipes that play an attack. */
  Set<Verdict> verdicts(String id) {
    return findings.results().stream()
        .filter(result -> result.about().ids().contains(id))
        .map(Result::verdict)
        .collect(Collectors.toSet());
  }

  /** The attacks that a test method says it shows. */
  static List<String> named(Class<?> test, String method) {
    return Arrays.stream(test.getDeclaredMethods())
        .filter(one -> one.getName().equals(method))
        .flatMap(one -> Arrays.stream(one.getAnnotation(Requirement.class).value()))
        .toList();
  }
}
