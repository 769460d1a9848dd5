package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Answers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a page asks for what only the person knows. */
class SessionFixationTest {
  private static final TestUser ALICE =
      new TestUser("alice", Map.of("username", "alice", "password", "secret"), List.of("allow"));

  private static boolean asks(String fields) {
    Answer page =
        Answers.page(
            200,
            "<form method=post>"
                + fields
                + "<button value=allow name=choice>Allow</button></form>");
    return SessionFixation.asks(UserAgent.fill(page, ALICE).orElseThrow(), ALICE);
  }

  @Test
  void aLoginAsksHoweverItIsWritten() {
    assertThat(asks("<input name=username>")).isTrue();
    assertThat(asks("<input type=password name=password>")).isTrue();
    assertThat(asks("<INPUT TYPE='Password' NAME='password'>")).isTrue();
  }

  @Test
  void aConsentWithButtonsAndHiddenFieldsDoesNot() {
    assertThat(asks("<input type=hidden name=token value=x>")).isFalse();
  }
}
