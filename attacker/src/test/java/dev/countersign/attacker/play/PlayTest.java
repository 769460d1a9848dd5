package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How steps are judged. */
class PlayTest {
  private static final About ABOUT =
      About.of("A1-02", "par-unauth")
          .by(Attacker.A1)
          .endangers(Goal.AUTHORIZATION)
          .stoppedBy("SP-5.3.2.2-4", "clients authenticate")
          .means("Anybody can begin.")
          .change("Authenticate.");
  private static final Expected EXPECTED = Expected.invalidClient("SP-5.3.2.2-4");

  private final Play play = new Play();

  private static Answer answer(int status, String error) {
    String body = error.isEmpty() ? "{}" : "{\"error\":\"" + error + "\"}";
    return new Answer(
        URI.create("https://as.example/par"),
        status,
        List.of(Map.entry("Content-Type", "application/json")),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private void twinned() throws IOException {
    play.twin("right", answer(201, ""));
  }

  @Test
  void givesNoVerdictWithoutATwin() {
    assertThatThrownBy(() -> play.refused("wrong", answer(401, "invalid_client"), EXPECTED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("twin");
  }

  @Test
  void aTwinThatIsRefusedEndsTheRecipe() {
    assertThatThrownBy(() -> play.twin("right", answer(401, "invalid_client")))
        .isInstanceOf(TwinFailedException.class)
        .hasMessageContaining("401 invalid_client");
    assertThatThrownBy(() -> play.refused("wrong", answer(401, "invalid_client"), EXPECTED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTwinAloneSaysNothing() throws IOException {
    twinned();
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_client, SECURE",
    "400, invalid_client, SECURE",
    "403, invalid_client, SECURE_BUT_ODD_CODE",
    "400, invalid_request, SECURE_BUT_ODD_CODE",
    "400, '', SECURE_BUT_ODD_CODE",
    "500, invalid_client, SECURE_BUT_ODD_CODE",
    "302, '', SECURE_BUT_ODD_CODE",
    "201, '', VULNERABLE",
    "200, invalid_client, VULNERABLE"
  })
  void judgesARefusalByStatusAndCode(int status, String error, Verdict verdict) throws IOException {
    twinned();
    play.refused("wrong", answer(status, error), EXPECTED);
    assertThat(play.result(ABOUT).verdict()).isEqualTo(verdict);
  }

  @Test
  void theWeightiestStepCountsAndSaysWhy() throws IOException {
    twinned();
    play.refused("one", answer(401, "invalid_client"), EXPECTED);
    play.refused("two", answer(201, ""), EXPECTED);
    play.refused("three", answer(403, ""), EXPECTED);
    Result result = play.result(ABOUT);
    assertThat(result.verdict()).isEqualTo(Verdict.VULNERABLE);
    assertThat(result.reason()).startsWith("two: answered 201");
    assertThat(result.steps()).hasSize(4);
  }

  @Test
  void whatWasFoundBeforeAnEarlyEndCounts() throws IOException {
    twinned();
    play.refused("one", answer(201, ""), EXPECTED);
    assertThat(play.ended(ABOUT, Verdict.INCONCLUSIVE, "no answer").verdict())
        .isEqualTo(Verdict.VULNERABLE);
  }

  @Test
  void anEarlyEndIsNoSuccess() throws IOException {
    twinned();
    play.refused("one", answer(401, "invalid_client"), EXPECTED);
    assertThat(play.ended(ABOUT, Verdict.INCONCLUSIVE, "no answer").verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aBrowserThatComesBackWithACodeWasLetIn() throws IOException {
    twinned();
    URI to = URI.create("https://app.example/callback");
    Form code = Form.builder().add("code", "x").build();
    play.refused("wrong", new Landing.Back(code, to, Optional.empty()), "SP-5.3.2.2-3");
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.VULNERABLE);
  }

  @Test
  void aBrowserThatComesBackWithAnErrorWasNot() throws IOException {
    twinned();
    URI to = URI.create("https://app.example/callback");
    Form error = Form.builder().add("error", "invalid_request").build();
    play.refused("wrong", new Landing.Back(error, to, Optional.empty()), "SP-5.3.2.2-3");
    play.refused("wrong", new Landing.Shown(answer(400, "")), "SP-5.3.2.2-3");
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.SECURE);
  }

  @Test
  void aPageThatGoesOnLetTheRequestIn() throws IOException {
    twinned();
    play.refused("wrong", new Landing.Shown(answer(200, "")), "SP-5.3.2.2-3");
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.VULNERABLE);
  }

  @Test
  void whatTheSpecificationAcceptsIsNoVulnerability() throws IOException {
    twinned();
    play.residual("the attack", "SP-6.4", "accepted");
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.RESIDUAL);
  }
}
