package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCallTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  private Tokens codeFlow() throws ClientException {
    AuthorizationUrl url =
        client.begin(session.startGuardedByCaller(), FlowRequest.of("openid accounts"));
    return client.callback(session, as.agree(url).encode());
  }

  private Tokens ownToken() throws ClientException {
    return client.clientCredentials(Scope.of("batch"), List.of());
  }

  private List<Received> tokenCalls() {
    return as.server.received(ScriptedAs.TOKEN);
  }

  private ServerRefused refused() {
    return catchThrowableOfType(ServerRefused.class, this::ownToken);
  }

  private static Optional<String> nonce(Received request) throws Exception {
    return ScriptedAs.proofClaims(request).string("nonce");
  }

  @Test
  @Requirement("DP-7")
  void discardsABearerToken() {
    as.nextToken(r -> as.tokens(r, Map.of("token_type", "Bearer"), Map.of()));
    assertThatThrownBy(this::codeFlow)
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("DP-7");
  }

  @Test
  @Requirement("DP-7")
  void takesTheTokenTypeInAnyCase() throws Exception {
    as.nextToken(r -> as.tokens(r, Map.of("token_type", "dpop"), Map.of()));
    assertThat(codeFlow().refreshToken()).isPresent();
  }

  @Test
  @Requirement("OA-4")
  void toleratesAMissingLifetimeAndUnknownMembers() throws Exception {
    as.nextToken(
        r -> {
          as.tokens(r, Map.of(), Map.of());
          return Reply.text(
              200, "{\"access_token\":\"a1\",\"token_type\":\"DPoP\",\"surprise\":[1]}");
        });
    Tokens tokens = ownToken();
    assertThat(tokens.expiresAt()).isEmpty();
    assertThat(tokens.scope()).isEqualTo(Scope.of("batch"));
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13", "DP-1"})
  void repeatsTheRequestOnceWithTheNonceTheServerWants() throws Exception {
    as.nextToken(r -> ScriptedAs.useNonce("n1"));
    codeFlow();
    assertThat(tokenCalls()).hasSize(2);
    assertThat(nonce(tokenCalls().get(0))).isEmpty();
    assertThat(nonce(tokenCalls().get(1))).contains("n1");
    assertThat(tokenCalls().get(1).form().required("code"))
        .isEqualTo(tokenCalls().get(0).form().required("code"));
  }

  @Test
  @Requirement({"DP-1", "DP-3", "CA-2"})
  void repeatsWithAFreshProofAndAFreshAssertion() throws Exception {
    as.nextToken(r -> ScriptedAs.useNonce("n1"));
    codeFlow();
    assertThat(jti(0, "client_assertion")).isNotEqualTo(jti(1, "client_assertion"));
    assertThat(ScriptedAs.proofClaims(tokenCalls().get(0)).string("jti"))
        .isNotEqualTo(ScriptedAs.proofClaims(tokenCalls().get(1)).string("jti"));
  }

  private Optional<String> jti(int call, String parameter) throws Exception {
    JsonObject claims = ScriptedAs.claimsOf(tokenCalls().get(call).form().required(parameter));
    return claims.string("jti");
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void repeatsOnceEvenIfTheServerWantsAnotherNonce() {
    as.nextToken(r -> ScriptedAs.useNonce("n1"));
    as.nextToken(r -> ScriptedAs.useNonce("n2"));
    assertThat(refused().error()).contains("use_dpop_nonce");
    assertThat(tokenCalls()).hasSize(2);
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void usesTheNewestNonceOfAnyAnswer() throws Exception {
    as.nextToken(r -> as.token(r).with("DPoP-Nonce", "n1"));
    as.nextToken(r -> ScriptedAs.error(400, "invalid_scope", "no").with("DPoP-Nonce", "n2"));
    ownToken();
    refused();
    ownToken();
    assertThat(nonce(tokenCalls().get(1))).contains("n1");
    assertThat(nonce(tokenCalls().get(2))).contains("n2");
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void takesANonceFromTheAnswerToAPushWithoutProof() throws Exception {
    as.nextPar(r -> as.par(r).with("DPoP-Nonce", "n1"));
    codeFlow();
    assertThat(tokenCalls()).hasSize(1);
    assertThat(nonce(tokenCalls().getFirst())).contains("n1");
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void repeatsAPushWithProofForANonceToo() throws Exception {
    FapiClient proving = as.client().codeBinding(CodeBinding.PAR_PROOF).build();
    as.nextPar(r -> ScriptedAs.useNonce("n1"));
    proving.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    assertThat(as.server.received(ScriptedAs.PAR)).hasSize(2);
    assertThat(nonce(as.server.received(ScriptedAs.PAR).getLast())).contains("n1");
  }

  @Test
  @Requirement("DP-13")
  void doesNotRepeatForADemandWithoutOneGoodNonce() {
    as.nextToken(r -> ScriptedAs.error(400, "use_dpop_nonce", "no nonce comes along"));
    refused();
    as.nextToken(r -> ScriptedAs.useNonce("n1").with("DPoP-Nonce", "n2"));
    refused();
    as.nextToken(r -> ScriptedAs.useNonce("not\"good"));
    refused();
    assertThat(tokenCalls()).hasSize(3);
  }

  @Test
  @Requirement({"SP-5.3.3.1-N1", "IA-CLK"})
  void takesTheServersTimeWhenItIsRefusedAndItsClockIsWrong() throws Exception {
    TestClock real = new TestClock(Instant.now());
    try (ScriptedAs onTime = new ScriptedAs(real)) {
      TestClock late = new TestClock(real.instant().minus(Duration.ofHours(1)));
      FapiClient behind = onTime.client().clock(late).build();
      onTime.nextToken(r -> ScriptedAs.error(401, "invalid_client", "expired"));
      Tokens tokens = behind.clientCredentials(Scope.NONE, List.of());
      assertThat(onTime.server.received(ScriptedAs.TOKEN)).hasSize(2);
      assertThat(Duration.between(real.instant(), tokens.expiresAt().orElseThrow()))
          .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }
  }

  @Test
  @Requirement({"SP-5.3.3.1-N1", "IA-CLK"})
  void ofTwoCallsThatAreRefusedForTheClockAtATimeBothRecover() throws Exception {
    TestClock real = new TestClock(Instant.now());
    try (ScriptedAs onTime = new ScriptedAs(real)) {
      TestClock late = new TestClock(real.instant().minus(Duration.ofHours(1)));
      FapiClient behind = onTime.client().clock(late).build();
      CompletableFuture<Tokens> other = new CompletableFuture<>();
      onTime.nextToken(
          r -> {
            other.complete(ownTokenOf(behind));
            return ScriptedAs.error(401, "invalid_client", "expired");
          });
      onTime.nextToken(r -> ScriptedAs.error(401, "invalid_client", "expired"));
      assertThat(ownTokenOf(behind).expiresAt()).isPresent();
      assertThat(other.join().expiresAt()).isPresent();
      assertThat(onTime.server.received(ScriptedAs.TOKEN)).hasSize(4);
    }
  }

  private static Tokens ownTokenOf(FapiClient client) {
    try {
      return client.clientCredentials(Scope.NONE, List.of());
    } catch (ClientException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Requirement({"SP-5.3.3.1-N1", "IA-CLK"})
  void doesNotRepeatARefusalWhenTheClocksAgree() {
    try (ScriptedAs onTime = new ScriptedAs(new TestClock(Instant.now()))) {
      onTime.nextToken(r -> ScriptedAs.error(401, "invalid_client", "unknown key"));
      FapiClient punctual = onTime.client().clock(Instant::now).build();
      assertThatThrownBy(() -> punctual.clientCredentials(Scope.NONE, List.of()))
          .isInstanceOf(ServerRefused.class);
      assertThat(onTime.server.received(ScriptedAs.TOKEN)).hasSize(1);
    }
  }

  @Test
  void doesNotFollowARedirectOfTheTokenEndpoint() {
    for (int status : new int[] {302, 303, 307, 308}) {
      as.nextToken(
          r -> Reply.text(status, "").with("Location", as.server.uri("/thief").toString()));
      assertThat(refused().status()).isEqualTo(status);
    }
    assertThat(as.server.received("/thief")).isEmpty();
  }

  @Test
  void refusesAnAnswerThatIsTooLarge() {
    as.nextToken(r -> Reply.text(200, "{\"a\":\"" + "x".repeat(300 * 1024) + "\"}"));
    TransportFault fault = catchThrowableOfType(TransportFault.class, this::ownToken);
    assertThat(fault.kind()).isEqualTo(RemoteException.Kind.TOO_LARGE);
  }

  @Test
  @Requirement("OA-4")
  void refusesAnAnswerThatIsNoTokenResponse() {
    for (String body : List.of("", "token", "{}", "{\"access_token\":\"a\"}")) {
      as.nextToken(r -> Reply.text(200, body));
      assertThatThrownBy(this::ownToken).as(body).isInstanceOf(ProtocolViolation.class);
    }
  }

  @Test
  void tellsTheErrorOfTheEndpointWithoutShowingItsText() {
    as.nextToken(r -> ScriptedAs.error(400, "invalid_grant", "text of the server"));
    ServerRefused refused = refused();
    assertThat(refused.error()).contains("invalid_grant");
    assertThat(refused.getMessage()).doesNotContain("text of the server");
  }

  @Test
  void asksForATokenOfItsOwn() throws Exception {
    Tokens tokens =
        client.clientCredentials(
            Scope.of("batch"), List.of(new ResourceIndicator("https://bank.example")));
    Received request = tokenCalls().getLast();
    assertThat(request.form().value("grant_type")).contains("client_credentials");
    assertThat(request.form().value("scope")).contains("batch");
    assertThat(request.form().value("resource")).contains("https://bank.example");
    assertThat(request.headers().all("x-fapi-end-user-present")).containsExactly("false");
    assertThat(tokens.idToken()).isEmpty();
    assertThat(tokens.refreshToken()).isEmpty();
  }

  @Test
  void printsNoSecret() throws Exception {
    Tokens tokens = codeFlow();
    assertThat(tokens).hasToString("Tokens");
    assertThat(session).hasToString("BrowserSession");
  }
}
