package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.http.Form;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallbackTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().transactionLifetime(Duration.ofMinutes(5)).build();
  private Form answer = Form.builder().build();

  @BeforeEach
  void openAFlow() throws ClientException {
    answer = as.agree(client.begin(session.startGuardedByCaller(), FlowRequest.of("openid a")));
  }

  @AfterEach
  void stop() {
    as.close();
  }

  /** The good answer with one parameter in other words, or without it. */
  private String with(String name, String value) {
    Form.Builder changed = Form.builder();
    answer.names().stream()
        .filter(one -> !one.equals(name))
        .forEach(one -> changed.add(one, answer.required(one)));
    return changed.add(name, Optional.of(value).filter(v -> !v.isEmpty())).build().encode();
  }

  private ProtocolViolation refused(BrowserSession browser, String query) {
    ProtocolViolation violation =
        catchThrowableOfType(ProtocolViolation.class, () -> client.callback(browser, query));
    assertThat(violation).as(query).isNotNull();
    assertThat(as.server.received(ScriptedAs.TOKEN)).isEmpty();
    return violation;
  }

  private void theFlowIsStillOpen() throws ClientException {
    assertThat(client.callback(session, answer.encode()).accessToken().reveal()).isNotEmpty();
  }

  @Test
  @Requirement({"SP-5.3.3.1-1", "SP-5.3.3.2-1", "SP-5.3.3.2-3", "SP-5.3.3.2-5", "OA-8"})
  void redeemsTheCodeForTokens() throws Exception {
    Tokens tokens = client.callback(session, answer.encode());
    assertThat(tokens.issuer()).isEqualTo(as.issuer);
    assertThat(tokens.expiresAt()).contains(clock.instant().plusSeconds(300));
    assertThat(tokens.refreshToken()).isPresent();
    assertThat(tokens.scope().toString()).isEqualTo("openid a");
    assertThat(tokens.idToken().orElseThrow().sub().value()).isEqualTo("alice");
    Received request = as.server.received(ScriptedAs.TOKEN).getLast();
    assertThat(request.form().value("grant_type")).contains("authorization_code");
    assertThat(request.form().value("code_verifier")).isPresent();
    assertThat(request.headers().all("DPoP")).hasSize(1);
  }

  @Test
  @Requirement({"IA-2.2.1-1", "IA-2.2.1-N", "IA-2.2.2-1"})
  void bearsTheInteractionIdOfTheFlow() throws Exception {
    Tokens tokens = client.callback(session, answer.encode());
    for (String path : List.of(ScriptedAs.PAR, ScriptedAs.TOKEN)) {
      Received request = as.server.received(path).getLast();
      assertThat(request.headers().all("x-fapi-interaction-id"))
          .containsExactly(tokens.interactionId().value());
      assertThat(request.headers().all("x-fapi-end-user-present")).containsExactly("true");
    }
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8", "ATT-02"})
  void stopsWithoutIss() throws Exception {
    assertThat(refused(session, with("iss", "")).rule().value()).isEqualTo("OA-8");
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8", "BCP-2.1-3", "ATT-01"})
  void stopsAtAnotherIss() throws Exception {
    for (String other : List.of("https://honest.example", as.issuer.value() + "/")) {
      assertThat(refused(session, with("iss", other)).rule().value()).isEqualTo("SP-5.3.3.2-5");
    }
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8", "OA-5", "ATT-02"})
  void stopsAtTwoIss() throws Exception {
    refused(session, answer.encode() + "&iss=https%3A%2F%2Fhonest.example");
    refused(session, "iss=https%3A%2F%2Fhonest.example&" + answer.encode());
    refused(session, answer.encode() + "&iss=" + as.issuer.value());
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  void checksIssOfAnErrorTooBeforeItBelievesIt() {
    String state = answer.required("state");
    refused(session, "error=access_denied&state=" + state);
    refused(session, "error=access_denied&state=" + state + "&iss=https%3A%2F%2Fhonest.example");
  }

  @Test
  @Requirement({"SP-5.3.3.2-4", "BCP-2.1-2"})
  void stopsAtAnotherOrNoState() throws Exception {
    refused(session, with("state", "x".repeat(43)));
    refused(session, with("state", ""));
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"SP-5.3.3.2-4", "BCP-2.1-2", "ATT-16", "ATT-24"})
  void stopsInAForeignBrowserSessionAndLeavesTheFlowOpen() throws Exception {
    BrowserSession victim = BrowserSession.random(ScriptedAs.RANDOM);
    assertThat(refused(victim, answer.encode()).rule().value()).isEqualTo("SP-5.3.3.2-4");
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"SP-6.4", "SP-5.3.3.2-4"})
  void makesOneTokenCallForOneFlow() throws Exception {
    client.callback(session, answer.encode());
    assertThatThrownBy(() -> client.callback(session, answer.encode()))
        .isInstanceOf(ProtocolViolation.class);
    assertThat(as.server.received(ScriptedAs.TOKEN)).hasSize(1);
  }

  @Test
  @Requirement("SP-6.4")
  void makesNoSecondTokenCallAfterOneThatFailed() {
    as.nextToken(r -> ScriptedAs.error(400, "invalid_grant", "no"));
    assertThatThrownBy(() -> client.callback(session, answer.encode()))
        .isInstanceOf(ServerRefused.class);
    assertThatThrownBy(() -> client.callback(session, answer.encode()))
        .isInstanceOf(ProtocolViolation.class);
    assertThat(as.server.received(ScriptedAs.TOKEN)).hasSize(1);
  }

  @Test
  void takesAnAnswerJustInTime() throws Exception {
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    theFlowIsStillOpen();
  }

  @Test
  void refusesAnAnswerThatComesTooLate() {
    clock.advance(Duration.ofMinutes(5));
    refused(session, answer.encode());
  }

  @Test
  void tellsThatThePersonSaidNo() {
    String query =
        "error=access_denied&error_description=not%20now&state="
            + answer.required("state")
            + "&iss="
            + as.issuer.value();
    AuthorizationRefused refused =
        catchThrowableOfType(AuthorizationRefused.class, () -> client.callback(session, query));
    assertThat(refused.error()).isEqualTo("access_denied");
    assertThat(refused.description()).contains("not now");
    assertThat(as.server.received(ScriptedAs.TOKEN)).isEmpty();
    assertThatThrownBy(() -> client.callback(session, query)).isInstanceOf(ProtocolViolation.class);
  }

  @Test
  void keepsTwoFlowsOfOneSessionApart() throws Exception {
    Form second =
        as.agree(client.begin(session.startGuardedByCaller(), FlowRequest.of("openid b")));
    assertThat(client.callback(session, second.encode()).scope().contains("b")).isTrue();
    assertThat(client.callback(session, answer.encode()).scope().contains("a")).isTrue();
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "BCP-2.1-3", "ATT-01", "ATT-23"})
  void doesNotEndTheFlowOfAnotherIssuerThatSharesTheStore() throws Exception {
    InMemoryTransactionStore shared = new InMemoryTransactionStore(10);
    try (ScriptedAs other = new ScriptedAs(clock)) {
      FapiClient mine = as.client().transactions(shared).build();
      FapiClient theirs = other.client().transactions(shared).build();
      Form mineAnswer =
          as.agree(mine.begin(session.startGuardedByCaller(), FlowRequest.of("openid")));
      String mixedUp =
          "code=stolen&state=" + mineAnswer.required("state") + "&iss=" + other.issuer.value();
      assertThatThrownBy(() -> theirs.callback(session, mixedUp))
          .isInstanceOf(ProtocolViolation.class);
      assertThat(other.server.received(ScriptedAs.TOKEN)).isEmpty();
      assertThat(mine.callback(session, mineAnswer.encode()).issuer()).isEqualTo(as.issuer);
    }
  }
}
