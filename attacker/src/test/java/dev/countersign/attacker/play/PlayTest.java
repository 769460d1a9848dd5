package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Answers;
import dev.countersign.attacker.wire.Exchange;
import dev.countersign.attacker.wire.Move;
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
    return Answers.json(status, body);
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
    "408, invalid_client, INCONCLUSIVE",
    "429, invalid_client, INCONCLUSIVE",
    "502, '', INCONCLUSIVE",
    "503, invalid_client, INCONCLUSIVE",
    "504, '', INCONCLUSIVE",
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

  @ParameterizedTest
  @CsvSource({
    "404, SECURE",
    "422, SECURE",
    "429, INCONCLUSIVE",
    "408, INCONCLUSIVE",
    "500, SECURE_BUT_ODD_CODE"
  })
  void anyRefusalIsOneOfTheRequestAndNotOfTheTime(int status, Verdict verdict) throws IOException {
    twinned();
    play.refused("wrong", answer(status, ""), Expected.refusal("SP-5.3.2.2-4"));
    assertThat(play.result(ABOUT).verdict()).isEqualTo(verdict);
  }

  @Test
  void tooManyRequestsIsARefusalWhereItIsExpected() throws IOException {
    twinned();
    play.refused("wrong", answer(429, ""), Expected.refusal("SP-5.3.2.2-4").status(429));
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.SECURE);
  }

  private static Answer closed() {
    return new Answer(
        URI.create("https://as.example/par"),
        0,
        List.of(),
        new byte[0],
        Optional.of("Connection reset"));
  }

  @Test
  void aClosedConnectionRefusesNothing() throws IOException {
    twinned();
    play.refused("wrong", closed(), EXPECTED);
    Result result = play.result(ABOUT);
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.reason()).contains("Connection reset");
  }

  @Test
  void aClosedConnectionIsARefusalWhereItIsExpected() throws IOException {
    twinned();
    play.refused("wrong", closed(), EXPECTED.orClosing());
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.SECURE);
  }

  @Test
  void refusalsOfAClientThatIsLockedOutSayNothing() throws IOException {
    twinned();
    play.refused("wrong", answer(401, "invalid_client"), EXPECTED);
    assertThatThrownBy(
            () ->
                play.still(
                    "right again",
                    () -> {
                      throw new TwinFailedException("answered 429");
                    }))
        .isInstanceOf(TwinFailedException.class)
        .hasMessageContaining("answered 429; it is locked out");
  }

  @Test
  void refusalsOfAClientThatIsStillServedCount() throws IOException {
    twinned();
    play.refused("wrong", answer(401, "invalid_client"), EXPECTED);
    assertThat(play.still("right again", () -> "tokens")).isEqualTo("tokens");
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.SECURE);
  }

  private static final TestUser ALICE =
      new TestUser("alice", Map.of("username", "alice"), List.of("allow"));

  private Verdict shown(int status, String html) throws IOException {
    Play of = new Play(List.of(ALICE), 10_000);
    of.twin("right", answer(201, ""));
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    URI url = URI.create("https://as.example/authorize");
    of.refused(
        "wrong",
        new Landing.Shown(new Answer(url, status, List.of(), body, Optional.empty())),
        "SP-5.3.2.2-3");
    return of.result(ABOUT).verdict();
  }

  @Test
  void aPageThatGoesOnLetTheRequestIn() throws IOException {
    assertThat(shown(200, "<form method=post><input name=username><button>Go</button></form>"))
        .isEqualTo(Verdict.VULNERABLE);
    assertThat(shown(200, "<form method=post><input type=password name=other></form>"))
        .isEqualTo(Verdict.VULNERABLE);
    assertThat(shown(200, "<form method=post><button value=allow>Yes</button></form>"))
        .isEqualTo(Verdict.VULNERABLE);
  }

  @Test
  void anErrorPageThatSaysItIsNoneIsOdd() throws IOException {
    assertThat(shown(200, "<h1>Error</h1><p>Sorry</p>")).isEqualTo(Verdict.SECURE_BUT_ODD_CODE);
    assertThat(shown(200, "<form><input name=username><button>Search</button></form>"))
        .isEqualTo(Verdict.SECURE_BUT_ODD_CODE);
    assertThat(shown(400, "<h1>Error</h1>")).isEqualTo(Verdict.SECURE);
  }

  @Test
  void aPageWithAFormOfNobodyTellsNothing() throws IOException {
    assertThat(shown(200, "<form method=post><button name=lang value=de>DE</button></form>"))
        .isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void aPageOfAServerThatIsTooBusyTellsNothing() throws IOException {
    assertThat(shown(503, "<h1>Later</h1>")).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(shown(429, "<h1>Later</h1>")).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(shown(500, "<h1>Oops</h1>")).isEqualTo(Verdict.SECURE_BUT_ODD_CODE);
  }

  @Test
  void keepsAllThatThereIsRoomFor() throws IOException {
    Play of = new Play(List.of(), 100);
    of.heard(new Exchange(Move.OTHER, "GET /", List.of(), "a", "200", List.of(), "b"));
    of.heard(new Exchange(Move.OTHER, "GET /", List.of(), "a", "200", List.of(), "b".repeat(90)));
    assertThat(of.kept()).isLessThan(200);
    of.twin("right", answer(201, ""));
    assertThat(of.result(ABOUT).steps().getFirst().exchanges())
        .extracting(Exchange::responseBody)
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("b"),
            second -> assertThat(second).contains("too much"));
  }

  @Test
  void keepsNoMoreThanThereIsRoomFor() throws IOException {
    String body = "x".repeat(4000);
    for (int i = 0; i < 2000; i++) {
      play.heard(new Exchange(Move.OTHER, "GET /", List.of(), body, "200", List.of(), body));
    }
    twinned();
    play.refused("wrong", answer(401, "invalid_client"), EXPECTED);
    List<Exchange> kept = play.result(ABOUT).steps().getFirst().exchanges();
    assertThat(kept).hasSize(2000);
    assertThat(kept.getFirst().responseBody()).isEqualTo(body);
    assertThat(kept.getLast().responseBody()).contains("too much");
    assertThat(kept.stream().mapToLong(Exchange::size).sum()).isLessThan(1024 * 1024);
  }

  @Test
  void whatTheSpecificationAcceptsIsNoVulnerability() throws IOException {
    twinned();
    play.residual("the attack", "SP-6.4", "accepted");
    assertThat(play.result(ABOUT).verdict()).isEqualTo(Verdict.RESIDUAL);
  }
}
