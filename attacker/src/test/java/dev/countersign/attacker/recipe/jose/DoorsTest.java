package dev.countersign.attacker.recipe.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Labs;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Step;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.wire.Targets;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A series of refusals counts, if what is right is taken before it and after it. */
class DoorsTest {
  private static final Variant WRONG = Variant.of("wrong", UnaryOperator.identity());
  private static final Reply TAKEN =
      Reply.json(
          201, JsonObject.builder().put("request_uri", "urn:x:1").put("expires_in", 60).build());
  private static final Reply REFUSED = refusal(401, "invalid_client");

  private final Play play = new Play();
  private ScriptedServer server;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Reply refusal(int status, String error) {
    return Reply.json(status, JsonObject.builder().put("error", error).build());
  }

  /** Three wrong assertions, between two that are right. */
  private List<Step> steps(IntFunction<Reply> script) throws IOException {
    server.on("/par", _ -> script.apply(server.received("/par").size()));
    Targets targets = Targets.allowing(server.uri("")).issuer(server.uri("")).with(Labs.client());
    try (Wire wire = targets.wire()) {
      Lab lab = Labs.lab(targets.target(), wire, play::heard);
      new Doors(play, lab, "CA-1").assertions(lab.asserting(), List.of(WRONG, WRONG, WRONG));
    }
    return play.result(new AlgNone().about()).steps();
  }

  @Test
  void aServerThatRefusesWhatIsWrongAloneIsSecure() throws IOException {
    assertThat(steps(number -> number == 1 || number == 5 ? TAKEN : REFUSED))
        .hasSize(5)
        .allSatisfy(step -> assertThat(step.verdict()).isEqualTo(Verdict.SECURE));
  }

  @Test
  void ofAClientThatIsLockedOutNothingIsKnown() {
    assertThatThrownBy(() -> steps(number -> number == 1 ? TAKEN : REFUSED))
        .isInstanceOf(TwinFailedException.class)
        .hasMessageContaining("locked out");
  }

  @Test
  void ofAServerThatIsTooBusyNothingIsKnown() throws IOException {
    Reply busy = refusal(429, "invalid_client");

    assertThat(steps(number -> number == 1 || number == 5 ? TAKEN : busy))
        .filteredOn(step -> step.kind() == Step.Kind.ATTACK)
        .hasSize(3)
        .allSatisfy(step -> assertThat(step.verdict()).isEqualTo(Verdict.INCONCLUSIVE));
  }
}
