package dev.countersign.attacker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Labs;
import dev.countersign.attacker.play.Nonces;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Progress;
import dev.countersign.attacker.wire.Targets;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes wrong in a recipe, or before all of them. */
class AttackTest {
  private static final URI ISSUER = URI.create("https://as.example");
  private static final Progress NOBODY =
      new Progress() {
        @Override
        public void begins(About about, int number, int of) {
          throw new IllegalStateException("nothing begins");
        }

        @Override
        public void ended(Result result, int number, int of) {
          throw new IllegalStateException("nothing ends");
        }
      };

  /** What a recipe does. */
  @FunctionalInterface
  private interface Steps {
    void of(Play play, Lab lab) throws IOException;
  }

  private static Recipe recipe(Steps steps) {
    return new Recipe() {
      @Override
      public About about() {
        return About.of("A1-02", "par-unauth")
            .by(Attacker.A1)
            .endangers(Goal.AUTHORIZATION)
            .stoppedBy("SP-5.3.2.2-4", "clients authenticate")
            .means("Anybody can begin.")
            .change("Authenticate.");
      }

      @Override
      public void play(Play play, Lab lab) throws IOException {
        steps.of(play, lab);
      }
    };
  }

  private static Result played(Steps steps) {
    Target target = Targets.allowing(ISSUER).target();
    try (Wire wire = new Wire(target)) {
      return new Attack(Labs.means(target, wire), List.of())
          .play(recipe(steps), new Server(target.issuer(), Labs.metadata(ISSUER)), new Nonces());
    }
  }

  private static int deep(int depth) {
    return depth < 0 ? 0 : 1 + deep(depth + 1);
  }

  @Test
  void aMistakeOfARecipeIsToldInWordsAndNamesWhatToDo() {
    Result result =
        played(
            (_, _) -> {
              throw new NoSuchElementException("No value present");
            });
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.reason())
        .contains("please report it", "A1-02")
        .doesNotContain("NoSuchElement", "java.");
  }

  @Test
  void whatIsTooDeepOrTooLargeEndsTheRecipeAlone() {
    assertThat(played((_, _) -> deep(0)).reason()).contains("too large or too deep");
    assertThat(
            played(
                    (_, _) -> {
                      throw new OutOfMemoryError("Java heap space");
                    })
                .verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void whatWasFoundBeforeAMistakeCounts() {
    Result result =
        played(
            (play, _) -> {
              play.twin("right", () -> "done");
              play.holds("wrong", false, "let in", "SP-5.3.2.2-4");
              throw new IllegalStateException("mistake");
            });
    assertThat(result.verdict()).isEqualTo(Verdict.VULNERABLE);
  }

  @Test
  void aRecipeWithoutMistakeIsJudgedByItsSteps() {
    Result result =
        played(
            (play, _) -> {
              play.twin("right", () -> "done");
              play.holds("wrong", true, "refused", "SP-5.3.2.2-4");
            });
    assertThat(result.verdict()).isEqualTo(Verdict.SECURE);
  }

  @Test
  void nothingBeginsAtAServerWhoseMetadataIsOfAnother() {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on("/.well-known/openid-configuration", _ -> Reply.json(200, Labs.metadata(ISSUER)));
      Target target = Targets.allowing(server.uri("")).issuer(server.uri("")).target();
      Attack.Settings settings =
          new Attack.Settings(
              target, Jose.jdk(), new SecureRandom(), InstantSource.system(), Set.of());

      assertThatThrownBy(() -> Attack.run(settings, NOBODY))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(ISSUER.toString(), server.uri("").toString());
    }
  }
}
