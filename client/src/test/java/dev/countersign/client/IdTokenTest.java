package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Requirement("OA-10")
class IdTokenTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  private Tokens flow(FlowRequest request, Map<String, Object> answer, Map<String, Object> claims)
      throws ClientException {
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), request);
    Form agreed = as.agree(url);
    as.nextToken(r -> as.tokens(r, answer, claims));
    return client.callback(session, agreed.encode());
  }

  private Tokens flow(Map<String, Object> claims) throws ClientException {
    return flow(FlowRequest.of("openid"), Map.of(), claims);
  }

  private void refuses(Map<String, Object> claims) {
    assertThat(catchThrowableOfType(ProtocolViolation.class, () -> flow(claims)))
        .as(claims.toString())
        .isNotNull();
  }

  /** Without a nonce sent, so that nothing but the signature is wrong. */
  private void refusesToken(String idToken) {
    FlowRequest request = FlowRequest.of("accounts");
    Map<String, Object> answer = Map.of("id_token", idToken);
    assertThat(catchThrowableOfType(ProtocolViolation.class, () -> flow(request, answer, Map.of())))
        .isNotNull();
  }

  @Test
  void takesAGoodOne() throws Exception {
    assertThat(flow(Map.of()).idToken().orElseThrow().sub().value()).isEqualTo("alice");
  }

  @Test
  @Requirement({"ATT-42", "A5-10"})
  void refusesAnotherOrNoNonce() {
    refuses(Map.of("nonce", "another"));
    refuses(Map.of("nonce", ""));
  }

  @Test
  void refusesAnotherIssuer() {
    refuses(Map.of("iss", "https://honest.example"));
    refuses(Map.of("iss", as.issuer.value() + "/"));
  }

  @Test
  @Requirement("A5-10")
  void refusesAnotherOrAFurtherAudience() {
    refuses(Map.of("aud", "client-2"));
    refuses(Map.of("aud", List.of("client-1", "client-2")));
  }

  @Test
  @Requirement("A5-10")
  void refusesAnExpiredOne() {
    refuses(Map.of("exp", clock.instant().getEpochSecond()));
  }

  /** Signed by the server for this client, for the same person, and not yet expired. */
  @Test
  @Requirement("A5-10")
  void refusesThatOfAnEarlierFlow() throws Exception {
    assertThat(flow(Map.of()).idToken()).isPresent();
    Form earlier = as.server.received(ScriptedAs.PAR).getLast().form();
    String kept = as.idToken(Optional.of(earlier.required("nonce")), Map.of());
    Map<String, Object> answer = Map.of("id_token", kept);
    assertThat(
            catchThrowableOfType(
                ProtocolViolation.class, () -> flow(FlowRequest.of("openid"), answer, Map.of())))
        .isNotNull();
  }

  @Test
  void refusesOneThatIsMissingAlthoughOpenidWasGranted() {
    assertThat(
            catchThrowableOfType(
                ProtocolViolation.class,
                () -> flow(FlowRequest.of("accounts"), Map.of("scope", "openid"), Map.of())))
        .isNotNull();
  }

  @Test
  void needsNoneWithoutOpenid() throws Exception {
    assertThat(flow(FlowRequest.of("accounts"), Map.of(), Map.of()).idToken()).isEmpty();
  }

  @Test
  @Requirement({"SP-5.4.1-1.1", "MS-5.6.2-1", "ATT-42"})
  void refusesOneThatAnotherKeySigned() throws Exception {
    SigningKey stranger = ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);
    FlowRequest request = FlowRequest.of("accounts");
    String good = as.idToken(Optional.empty(), Map.of());
    assertThat(flow(request, Map.of("id_token", good), Map.of()).idToken()).isPresent();
    refusesToken(as.idToken(Optional.empty(), Map.of(), stranger));
    String[] signed = good.split("\\.", -1);
    String other = as.idToken(Optional.empty(), Map.of("acr", "urn:bank:strong"));
    refusesToken(signed[0] + "." + other.split("\\.", -1)[1] + "." + signed[2]);
  }

  @Test
  @Requirement({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  void refusesOtherAlgorithmsAndNone() {
    String good = as.idToken(Optional.empty(), Map.of());
    String claims = good.split("\\.", -1)[1];
    String signature = good.split("\\.", -1)[2];
    for (String algorithm : List.of("RS256", "HS256", "ES384")) {
      refusesToken(header(algorithm) + "." + claims + "." + signature);
    }
    refusesToken(header("none") + "." + claims + ".");
  }

  private String header(String algorithm) {
    String json = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + as.key.kid() + "\"}";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Requirement({"ATT-42", "A5-10"})
  void comparesAtHashWithTheAccessToken() throws Exception {
    AccessToken token = new AccessToken("the-token");
    String atHash = IdTokenClaims.atHash(token, as.key.algorithm());
    Map<String, Object> answer = new LinkedHashMap<>(Map.of("access_token", "the-token"));
    FlowRequest request = FlowRequest.of("openid");
    assertThat(flow(request, answer, Map.of("at_hash", atHash)).accessToken()).isEqualTo(token);
    answer.put("access_token", "an-injected-token");
    assertThat(
            catchThrowableOfType(
                ProtocolViolation.class, () -> flow(request, answer, Map.of("at_hash", atHash))))
        .isNotNull();
  }

  @Test
  @Requirement("OA-10")
  void measuresMaxAgeAtTheStartOfTheFlow() throws Exception {
    FlowRequest request = FlowRequest.of("openid").withMaxAge(Duration.ofMinutes(5));
    long start = clock.instant().getEpochSecond();
    assertThat(flow(request, Map.of(), Map.of("auth_time", start - 300)).idToken()).isPresent();
    for (Object authTime : new Object[] {start - 331, ""}) {
      assertThat(
              catchThrowableOfType(
                  ProtocolViolation.class,
                  () -> flow(request, Map.of(), Map.of("auth_time", authTime))))
          .as("auth_time " + authTime)
          .isNotNull();
    }
  }

  @Test
  @Requirement({"OA-10", "SP-5.3.3.1-N1"})
  void measuresMaxAgeByTheClockOfTheServerWhenThatOfTheClientIsWrong() throws Exception {
    for (Duration wrong : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
      TestClock real = new TestClock(Instant.now());
      try (ScriptedAs onTime = new ScriptedAs(real)) {
        FapiClient client =
            onTime.client().clock(new TestClock(real.instant().plus(wrong))).build();
        onTime.nextPar(r -> ScriptedAs.error(401, "invalid_client", "expired"));
        long now = real.instant().getEpochSecond();
        assertThat(login(onTime, client, now - 300).idToken()).isPresent();
        assertThatThrownBy(() -> login(onTime, client, now - 360))
            .isInstanceOf(ProtocolViolation.class);
      }
    }
  }

  @Test
  @Requirement({"OA-10", "SP-5.3.3.1-N1", "IA-CLK"})
  void judgesByTheServersTimeAlsoWhenTheServerBearsWithASlowClock() throws Exception {
    TestClock real = new TestClock(Instant.now());
    try (ScriptedAs onTime = new ScriptedAs(real)) {
      // Slow enough for the ID token to come from the future, not enough for the server to refuse.
      TestClock slow = new TestClock(real.instant().minusSeconds(45));
      FapiClient behind = onTime.client().clock(slow).build();
      long now = real.instant().getEpochSecond();
      assertThat(login(onTime, behind, now).idToken()).isPresent();
      assertThat(onTime.server.received(ScriptedAs.TOKEN)).hasSize(1);
    }
  }

  private Tokens login(ScriptedAs server, FapiClient client, long authTime) throws ClientException {
    AuthorizationUrl url =
        client.begin(
            session.startGuardedByCaller(),
            FlowRequest.of("openid").withMaxAge(Duration.ofMinutes(5)));
    Form agreed = server.agree(url);
    server.nextToken(r -> server.tokens(r, Map.of(), Map.of("auth_time", authTime)));
    return client.callback(session, agreed.encode());
  }

  @Test
  @Requirement("OA-16")
  void tellsTheAcrWhetherItIsOneOfTheWishedOnesOrNot() throws Exception {
    FlowRequest request = FlowRequest.of("openid").withAcrValues(List.of("strong", "stronger"));
    for (String acr : List.of("stronger", "weak")) {
      IdTokenClaims claims = flow(request, Map.of(), Map.of("acr", acr)).idToken().orElseThrow();
      assertThat(claims.acr()).contains(acr);
    }
    assertThat(flow(request, Map.of(), Map.of()).idToken().orElseThrow().acr()).isEmpty();
  }
}
