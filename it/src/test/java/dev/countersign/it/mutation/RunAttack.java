package dev.countersign.it.mutation;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.report.Progress;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.demo.attacked.HastyClock;
import dev.countersign.protocol.jose.Jose;
import java.security.SecureRandom;
import java.util.Set;

/** Attacks what there is to attack, apart from the tests, and tells the verdicts. */
public final class RunAttack {
  /** What stands before the id of a recipe and its verdict. */
  static final String VERDICT = "VERDICT ";

  private RunAttack() {}

  /**
   * Plays these recipes.
   *
   * @param args their ids
   */
  public static void main(String[] args) throws Exception {
    HastyClock clock = new HastyClock();
    try (AttackedScene scene = AttackedScene.open(Jose.jdk(), clock)) {
      Attack.run(
          new Attack.Settings(
              scene.target(), Jose.jdk(), new SecureRandom(), clock, Set.of(args), clock),
          new Told());
    }
  }

  private static final class Told implements Progress {
    @Override
    public void begins(About about, int number, int of) {}

    @Override
    public void ended(Result result, int number, int of) {
      System.out.println(
          "\n" + VERDICT + result.about().id() + " " + result.verdict() + " " + result.reason());
      result.about().ids().stream()
          .skip(1)
          .forEach(id -> System.out.println(VERDICT + id + " " + result.verdict()));
    }
  }
}
