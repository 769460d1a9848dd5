package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefreshTest {

  private final ScriptedAs as = new ScriptedAs(new TestClock());
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();
  private Optional<Tokens> issued = Optional.empty();

  @BeforeEach
  void logIn() throws ClientException {
    AuthorizationUrl url =
        client.begin(session.startGuardedByCaller(), FlowRequest.of("openid a b"));
    issued = Optional.of(client.callback(session, as.agree(url).encode()));
  }

  @AfterEach
  void stop() {
    as.close();
  }

  private Tokens tokens() {
    return issued.orElseThrow();
  }

  private Received lastCall() {
    return as.server.received(ScriptedAs.TOKEN).getLast();
  }

  @Test
  @Requirement("SP-5.3.3.1-6")
  void keepsTheRefreshTokenWhenNoneComesBack() throws Exception {
    Tokens refreshed = client.refresh(tokens());
    assertThat(refreshed.accessToken()).isNotEqualTo(tokens().accessToken());
    assertThat(refreshed.refreshToken()).isEqualTo(tokens().refreshToken());
    assertThat(refreshed.scope()).isEqualTo(tokens().scope());
    assertThat(refreshed.idToken()).isEqualTo(tokens().idToken());
    assertThat(lastCall().form().value("refresh_token"))
        .contains(tokens().refreshToken().orElseThrow().reveal());
    assertThat(lastCall().form().has("scope")).isFalse();
  }

  @Test
  @Requirement("SP-5.3.3.1-6")
  void usesTheNewRefreshTokenWhenOneComes() throws Exception {
    as.nextToken(r -> as.tokens(r, Map.of("refresh_token", "rotated"), Map.of()));
    Tokens refreshed = client.refresh(tokens());
    client.refresh(refreshed);
    assertThat(lastCall().form().value("refresh_token")).contains("rotated");
  }

  /** A server that rotates: whoever comes with a refresh token that was used has stolen it. */
  private void rotate(int calls) {
    Set<String> used = ConcurrentHashMap.newKeySet();
    AtomicInteger count = new AtomicInteger();
    for (int i = 0; i < calls; i++) {
      as.nextToken(
          r ->
              used.add(r.form().required("refresh_token"))
                  ? as.tokens(r, Map.of("refresh_token", rotated(count)), Map.of())
                  : ScriptedAs.error(400, "invalid_grant", "used twice"));
    }
  }

  private static String rotated(AtomicInteger count) {
    return "rotated-" + count.incrementAndGet();
  }

  @Test
  @Requirement("SP-5.3.3.1-6")
  void threadsThatRefreshAtOnceShowNoRefreshTokenTwice() throws Exception {
    int threads = 8;
    rotate(threads);
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Tokens>> all =
          IntStream.range(0, threads)
              .mapToObj(i -> pool.submit(() -> client.refresh(tokens())))
              .toList();
      for (Future<Tokens> one : all) {
        assertThat(one.get().refreshToken()).isPresent();
      }
    }
    assertThat(as.server.received(ScriptedAs.TOKEN)).hasSize(1 + threads);
  }

  @Test
  @Requirement("SP-5.3.3.1-6")
  void usesTheNewestRefreshTokenForTokensOfBefore() throws Exception {
    rotate(3);
    client.refresh(client.refresh(tokens()));
    Tokens third = client.refresh(tokens());
    assertThat(third.refreshToken().orElseThrow().reveal()).isEqualTo("rotated-3");
    client.revoke(tokens());
    assertThat(as.server.received(ScriptedAs.REVOKE).getLast().form().value("token"))
        .contains("rotated-3");
  }

  @Test
  @Requirement("SP-5.3.3.1-6")
  void aRefreshTokenThatComesBackIsTheNewestAgain() throws Exception {
    String first = tokens().refreshToken().orElseThrow().reveal();
    for (String next : List.of("second", first, "third")) {
      as.nextToken(r -> as.tokens(r, Map.of("refresh_token", next), Map.of()));
      client.refresh(tokens());
    }
    client.refresh(tokens());
    assertThat(lastCall().form().value("refresh_token")).contains("third");
  }

  @Test
  @Requirement("SP-5.3.3.1-6")
  void keepsTheNewRefreshTokenWhenTheIdTokenBesideItCannotBeChecked() throws Exception {
    SigningKey unknown = ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);
    as.nextToken(
        r ->
            as.tokens(
                r,
                Map.of(
                    "refresh_token",
                    "rotated",
                    "id_token",
                    as.idToken(Optional.empty(), Map.of(), unknown)),
                Map.of()));
    assertThatThrownBy(() -> client.refresh(tokens())).isInstanceOf(ClientException.class);
    assertThat(client.refresh(tokens()).refreshToken().orElseThrow().reveal()).isEqualTo("rotated");
    assertThat(lastCall().form().value("refresh_token")).contains("rotated");
  }

  @Test
  void goesOnAfterARefreshThatWasRefused() throws Exception {
    as.nextToken(r -> ScriptedAs.error(400, "invalid_scope", "no"));
    assertThatThrownBy(() -> client.refresh(tokens())).isInstanceOf(ServerRefused.class);
    assertThat(client.refresh(tokens()).refreshToken()).isEqualTo(tokens().refreshToken());
  }

  @Test
  void asksForLessAndForAnotherResource() throws Exception {
    RefreshRequest request =
        RefreshRequest.same()
            .withScope(Scope.of("a"))
            .withResources(List.of(new ResourceIndicator("https://bank.example")))
            .withEndUserPresent();
    assertThat(client.refresh(tokens(), request).scope()).isEqualTo(Scope.of("a"));
    assertThat(lastCall().form().value("scope")).contains("a");
    assertThat(lastCall().form().value("resource")).contains("https://bank.example");
    assertThat(lastCall().headers().all("x-fapi-end-user-present")).containsExactly("true");
  }

  @Test
  @Requirement({"IA-2.2.1-1", "IA-2.2.2-1"})
  void bearsAnInteractionIdOfItsOwnInTheBackground() throws Exception {
    Tokens refreshed = client.refresh(tokens());
    assertThat(refreshed.interactionId()).isNotEqualTo(tokens().interactionId());
    assertThat(lastCall().headers().all("x-fapi-interaction-id"))
        .containsExactly(refreshed.interactionId().value());
    assertThat(lastCall().headers().all("x-fapi-end-user-present")).containsExactly("false");
  }

  @Test
  @Requirement("OA-13")
  void takesARefreshedIdTokenOfTheSameLogin() throws Exception {
    Optional<String> nonce = tokens().idToken().orElseThrow().nonce().map(sent -> sent.value());
    for (Optional<String> any : List.of(nonce, Optional.<String>empty())) {
      as.nextToken(r -> as.tokens(r, Map.of("id_token", as.idToken(any, Map.of())), Map.of()));
      assertThat(client.refresh(tokens()).idToken()).isPresent();
    }
  }

  @Test
  @Requirement("OA-13")
  void refusesARefreshedIdTokenOfAnotherPersonIssuerOrFlow() {
    List<Map<String, Object>> wrong =
        List.of(
            Map.of("sub", "bob"),
            Map.of("iss", "https://honest.example"),
            Map.of("aud", "client-2"),
            Map.of("auth_time", 1L),
            Map.of("nonce", "another"));
    for (Map<String, Object> claims : wrong) {
      String idToken = as.idToken(Optional.empty(), claims);
      as.nextToken(r -> as.tokens(r, Map.of("id_token", idToken), Map.of()));
      assertThatThrownBy(() -> client.refresh(tokens()))
          .as(claims.toString())
          .isInstanceOf(ProtocolViolation.class);
    }
  }

  @Test
  void tellsThatTheGrantIsGone() {
    as.nextToken(r -> ScriptedAs.error(400, "invalid_grant", "revoked"));
    assertThatThrownBy(() -> client.refresh(tokens())).isInstanceOf(ServerRefused.class);
  }

  @Test
  void needsARefreshToken() throws Exception {
    Tokens own = client.clientCredentials(Scope.of("batch"), List.of());
    assertThatThrownBy(() -> client.refresh(own)).isInstanceOf(IllegalArgumentException.class);
  }
}
