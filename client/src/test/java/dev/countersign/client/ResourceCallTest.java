package dev.countersign.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceCallTest {

  private static final String ACCOUNTS = "/accounts";

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final ScriptedServer rs = new ScriptedServer();
  private final FapiClient client = as.client().build();
  private Optional<Tokens> issued = Optional.empty();

  @BeforeEach
  void getTokens() throws ClientException {
    issued = Optional.of(client.clientCredentials(Scope.of("accounts"), List.of()));
    rs.on(ACCOUNTS, r -> Reply.json(200, ScriptedAs.json(Map.of("count", 1L))));
  }

  @AfterEach
  void stop() {
    as.close();
    rs.close();
  }

  private ResourceResponse get(String path) throws ClientException {
    return client.call(tokens(), ResourceRequest.get(rs.uri(path)));
  }

  private Tokens tokens() {
    return issued.orElseThrow();
  }

  private List<Received> calls() {
    return rs.received(ACCOUNTS);
  }

  private static Reply wantsNonce(String nonce) {
    return Reply.text(401, "")
        .with("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"")
        .with("DPoP-Nonce", nonce);
  }

  private static Optional<String> nonce(Received request) throws Exception {
    return ScriptedAs.proofClaims(request).string("nonce");
  }

  @Test
  @Requirement({"SP-5.3.3.1-1", "SP-5.3.3.1-3", "DP-1", "DP-2", "DP-3", "DP-10"})
  void sendsTheTokenInTheAuthorizationFieldWithAProof() throws Exception {
    assertThat(get(ACCOUNTS + "?page=2").json().integer("count")).contains(1L);
    Received request = calls().getLast();
    String token = tokens().accessToken().reveal();
    assertThat(request.headers().all("Authorization")).containsExactly("DPoP " + token);
    assertThat(request.query().orElseThrow()).isEqualTo("page=2");
    assertThat(request.body()).isEmpty();
    var proof =
        ScriptedAs.proofOf(request, rs.uri(ACCOUNTS), Optional.of(tokens().accessToken()), clock);
    assertThat(proof.jkt()).isEqualTo(client.dpopJkt().orElseThrow());
  }

  @Test
  @Requirement("DP-1")
  void makesANewProofForEachRequest() throws Exception {
    get(ACCOUNTS);
    get(ACCOUNTS);
    assertThat(ScriptedAs.proofClaims(calls().get(0)).string("jti"))
        .isNotEqualTo(ScriptedAs.proofClaims(calls().get(1)).string("jti"));
  }

  @Test
  @Requirement("SP-5.3.3.1-3")
  void refusesATokenInTheQueryOrInAFieldOfTheCaller() {
    for (String query : List.of("?access_token=x", "?a=b&access_token=x", "?access%5Ftoken=x")) {
      URI target = rs.uri(ACCOUNTS + query);
      assertThatThrownBy(() -> ResourceRequest.get(target))
          .as(query)
          .isInstanceOf(IllegalArgumentException.class);
    }
    ResourceRequest request = ResourceRequest.get(rs.uri(ACCOUNTS));
    for (String field : List.of("Authorization", "dpop", "X-Fapi-Interaction-Id")) {
      assertThatThrownBy(() -> request.withHeader(field, "x"))
          .as(field)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @Requirement("SP-5.2.1-1")
  void refusesAPlainHttpTarget() {
    assertThatThrownBy(() -> ResourceRequest.get(URI.create("http://localhost/accounts")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What the Javadoc of {@link FapiClient} owns up to. */
  @Test
  void theJdkSendsAGetAgainWithTheSameProofWhenAConnectionClosesUnanswered() throws Exception {
    get(ACCOUNTS);
    int before = calls().size();
    rs.on(ACCOUNTS, r -> calls().size() == before + 1 ? closed() : Reply.text(200, "{}"));
    assertThat(get(ACCOUNTS).status()).isEqualTo(200);
    assertThat(calls()).hasSize(before + 2);
    assertThat(ScriptedAs.proofClaims(calls().get(before)).string("jti"))
        .isEqualTo(ScriptedAs.proofClaims(calls().get(before + 1)).string("jti"));
  }

  @Test
  void aPostIsNotSentAgainWhenAConnectionClosesUnanswered() throws Exception {
    get(ACCOUNTS);
    rs.on("/payments", r -> closed());
    ResourceRequest request =
        ResourceRequest.of("POST", rs.uri("/payments"))
            .withBody("application/json", "{}".getBytes(UTF_8));
    assertThatThrownBy(() -> client.call(tokens(), request)).isInstanceOf(TransportFault.class);
    assertThat(rs.received("/payments")).hasSize(1);
  }

  private static Reply closed() {
    throw new IllegalStateException("the server closes the connection");
  }

  @Test
  void sendsMethodFieldsAndContentOfTheCaller() throws Exception {
    rs.on("/payments", r -> Reply.text(201, r.body()));
    ResourceRequest request =
        ResourceRequest.of("POST", rs.uri("/payments"))
            .withHeader("Idempotency-Key", "k1")
            .withBody("application/json", "{\"amount\":1}".getBytes(UTF_8));
    ResourceResponse response = client.call(tokens(), request);
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.body()).asString().isEqualTo("{\"amount\":1}");
    Received received = rs.received("/payments").getLast();
    assertThat(received.headers().first("idempotency-key")).contains("k1");
    assertThat(ScriptedAs.proofClaims(received).string("htm")).contains("POST");
  }

  @Test
  void readsJsonThatIsLargerThanAMessageOfOAuth() throws Exception {
    String text = "x".repeat(300 * 1024);
    rs.on(ACCOUNTS, r -> Reply.text(200, "{\"a\":\"" + text + "\"}"));
    assertThat(get(ACCOUNTS).json().string("a")).contains(text);
    FapiClient narrow = as.client().maxResourceBytes(300 * 1024).build();
    assertThatThrownBy(() -> narrow.call(tokens(), ResourceRequest.get(rs.uri(ACCOUNTS))))
        .isInstanceOf(TransportFault.class);
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void repeatsTheRequestOnceWithTheNonceTheServerWants() throws Exception {
    rs.on(ACCOUNTS, r -> nonceOf(r).equals("n1") ? Reply.text(200, "{}") : wantsNonce("n1"));
    assertThat(get(ACCOUNTS).status()).isEqualTo(200);
    assertThat(calls()).hasSize(2);
    assertThat(get(ACCOUNTS).status()).isEqualTo(200);
    assertThat(calls()).hasSize(3);
    assertThat(ScriptedAs.proofClaims(calls().get(0)).string("jti"))
        .isNotEqualTo(ScriptedAs.proofClaims(calls().get(1)).string("jti"));
  }

  private static String nonceOf(Received request) {
    try {
      return nonce(request).orElse("");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void repeatsOnceEvenIfTheServerWantsAnotherNonce() throws Exception {
    rs.on(ACCOUNTS, r -> wantsNonce("n" + calls().size()));
    assertThat(get(ACCOUNTS).status()).isEqualTo(401);
    assertThat(calls()).hasSize(2);
  }

  @Test
  @Requirement({"SP-5.3.3.1-8", "DP-13"})
  void keepsTheNoncesOfServersApart() throws Exception {
    rs.on(ACCOUNTS, r -> Reply.text(200, "{}").with("DPoP-Nonce", "of-rs"));
    get(ACCOUNTS);
    as.nextToken(r -> as.token(r).with("DPoP-Nonce", "of-as"));
    client.clientCredentials(Scope.NONE, List.of());
    get(ACCOUNTS);
    client.clientCredentials(Scope.NONE, List.of());
    assertThat(nonce(calls().getLast())).contains("of-rs");
    List<Received> tokenCalls = as.server.received(ScriptedAs.TOKEN);
    assertThat(nonce(tokenCalls.get(1))).isEmpty();
    assertThat(nonce(tokenCalls.get(2))).contains("of-as");
    as.server.on("/resource", r -> Reply.text(200, "{}"));
    client.call(tokens(), ResourceRequest.get(as.server.uri("/resource")));
    assertThat(nonce(as.server.received("/resource").getLast())).isEmpty();
  }

  @Test
  void givesA401WithoutNonceBackAsItIs() throws Exception {
    rs.on(
        ACCOUNTS,
        r ->
            Reply.text(401, "")
                .with("WWW-Authenticate", "DPoP error=\"invalid_token\"")
                .with("DPoP-Nonce", "n1"));
    ResourceResponse response = get(ACCOUNTS);
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.challenges().getFirst().attribute("error")).contains("invalid_token");
    assertThat(calls()).hasSize(1);
  }

  @Test
  @Requirement("SP-5.3.3.1-3")
  void doesNotCarryTheTokenAfterARedirect() throws Exception {
    rs.on(ACCOUNTS, r -> Reply.text(307, "").with("Location", rs.uri("/thief").toString()));
    assertThat(get(ACCOUNTS).status()).isEqualTo(307);
    assertThat(rs.received("/thief")).isEmpty();
  }

  @Test
  @Requirement({"IA-2.2.1-1", "IA-2.2.2-1", "IA-2.2.2-3"})
  void saysWhichInteractionAndWhetherAPersonIsActive() throws Exception {
    get(ACCOUNTS);
    client.call(tokens(), ResourceRequest.get(rs.uri(ACCOUNTS)).withEndUserPresent());
    assertThat(calls().get(0).headers().all("x-fapi-end-user-present")).containsExactly("false");
    assertThat(calls().get(1).headers().all("x-fapi-end-user-present")).containsExactly("true");
    assertThat(calls().get(1).headers().all("x-fapi-interaction-id"))
        .containsExactly(tokens().interactionId().value());
  }

  @Test
  void theTimeOfTheIssuerIsNotCarriedToAResourceServer() throws Exception {
    TestClock real = new TestClock(Instant.now());
    try (ScriptedAs onTime = new ScriptedAs(real)) {
      TestClock late = new TestClock(real.instant().minus(Duration.ofHours(1)));
      FapiClient behind = onTime.client().clock(late).build();
      onTime.nextToken(r -> ScriptedAs.error(401, "invalid_client", "expired"));
      Tokens own = behind.clientCredentials(Scope.NONE, List.of());
      behind.call(own, ResourceRequest.get(rs.uri(ACCOUNTS)));
      assertThat(ScriptedAs.proofClaims(calls().getLast()).integer("iat"))
          .contains(late.instant().getEpochSecond());
    }
  }

  @Test
  void theFaultOfACallDoesNotNameThePathOfAnAccount() throws Exception {
    FapiClient narrow = as.client().maxResourceBytes(1).build();
    rs.on(ACCOUNTS + "/4711", r -> Reply.text(200, "xx"));
    URI target = rs.uri(ACCOUNTS + "/4711");
    assertThatThrownBy(() -> narrow.call(tokens(), ResourceRequest.get(target)))
        .isInstanceOf(TransportFault.class)
        .hasMessageContaining("https://localhost:" + target.getPort())
        .satisfies(
            fault -> {
              StringWriter trace = new StringWriter();
              fault.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("4711").doesNotContain(ACCOUNTS);
            });
  }

  @Test
  @Requirement("SP-6.3")
  void refusesTokensOfAnotherIssuer() throws Exception {
    try (ScriptedAs other = new ScriptedAs(clock)) {
      FapiClient theirs = other.client().build();
      assertThat(theirs.dpopJkt().orElseThrow()).isNotEqualTo(client.dpopJkt().orElseThrow());
      assertThatThrownBy(() -> theirs.call(tokens(), ResourceRequest.get(rs.uri(ACCOUNTS))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(calls()).isEmpty();
    }
  }
}
