package dev.countersign.attacker.recipe.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a request with more in its URL counts as refused. */
class ParameterSmugglingTest {
  private static final Pushed PUSHED =
      new Pushed(URI.create("https://as.example/authorize"), "urn:x", "v", "right", "n", 60);

  private static boolean refused(String... parameters) {
    Form.Builder form = Form.builder();
    for (int i = 0; i < parameters.length; i += 2) {
      form.add(parameters[i], parameters[i + 1]);
    }
    URI to = URI.create("https://client.example/callback");
    return ParameterSmuggling.isRefusal(
        new Landing.Back(form.build(), to, Optional.empty()), PUSHED);
  }

  @Test
  void anErrorWithTheStateThatWasPushedIsARefusal() {
    assertThat(refused("error", "invalid_request", "state", "right")).isTrue();
  }

  @Test
  void anErrorWithAnotherStateIsNone() {
    assertThat(refused("error", "invalid_request", "state", "smuggled")).isFalse();
    assertThat(refused("error", "invalid_request")).isFalse();
  }

  @Test
  void anErrorThatOnlyTheSmuggledParameterExplainsIsNone() {
    assertThat(refused("error", "login_required", "state", "right")).isFalse();
  }

  @Test
  void anErrorBesideACodeOrTokenIsNone() {
    assertThat(refused("error", "invalid_request", "state", "right", "code", "c")).isFalse();
    assertThat(refused("error", "invalid_request", "state", "right", "access_token", "t"))
        .isFalse();
  }
}
