package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BeginTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  private AuthorizationUrl begin(FlowRequest request) throws ClientException {
    return client.begin(session.startGuardedByCaller(), request);
  }

  private Received pushed() {
    return as.server.received(ScriptedAs.PAR).getLast();
  }

  @Test
  @Requirement({"SP-5.3.3.2-6", "PAR-10"})
  void sendsTheBrowserWithClientIdAndRequestUriOnly() throws Exception {
    AuthorizationUrl url = begin(FlowRequest.of("openid accounts"));
    assertThat(url.value().toString()).startsWith(as.server.uri("/as/authorize") + "?");
    Form query = Form.parseQuery(url.value().getRawQuery());
    assertThat(query.names()).containsExactlyInAnyOrder("client_id", "request_uri");
    assertThat(query.value("client_id")).contains(as.clientId.value());
  }

  @Test
  @Requirement({"SP-5.3.3.1-4", "ATT-19"})
  void sendsTheBrowserNowhereElse() throws Exception {
    String elsewhere = "https://evil.example/";
    FlowRequest request =
        FlowRequest.of("openid").withLoginHint(elsewhere).withUiLocales(elsewhere);
    AuthorizationUrl url = begin(request);
    assertThat(url.value().getAuthority()).isEqualTo(as.server.uri("").getAuthority());
    assertThat(url.value().toString()).doesNotContain("evil.example");
  }

  @Test
  @Requirement({"SP-5.3.3.2-6"})
  void keepsTheQueryThatTheEndpointItselfHas() throws Exception {
    as.publish(Map.of("authorization_endpoint", as.server.uri("/as/authorize?tenant=1") + ""));
    String query = begin(FlowRequest.of("openid")).value().getRawQuery();
    assertThat(Form.parseQuery(query).names())
        .containsExactlyInAnyOrder("tenant", "client_id", "request_uri");
  }

  @Test
  @Requirement({"SP-5.3.3.2-1", "SP-5.3.3.2-2", "SP-5.3.3.2-3", "SP-5.3.3.1-2", "CA-1"})
  void pushesACodeRequestWithS256AndAnAssertion() throws Exception {
    Form form = as.pushedFor(begin(FlowRequest.of("openid accounts")));
    assertThat(form.value("response_type")).contains("code");
    assertThat(form.value("code_challenge_method")).contains("S256");
    assertThat(form.value("redirect_uri")).contains(as.redirectUri.value());
    assertThat(form.value("scope")).contains("openid accounts");
    assertThat(form.value("client_assertion_type"))
        .contains("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(form.has("client_secret")).isFalse();
    assertThat(pushed().headers().first("authorization")).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.3.1-5", "CA-2", "CA-5"})
  void namesTheIssuerAsTheOneAudienceOfTheAssertion() throws Exception {
    begin(FlowRequest.of("openid"));
    String assertion = pushed().form().required("client_assertion");
    assertThat(CompactJws.parse(assertion).type()).contains("client-authentication+jwt");
    JsonObject claims = ScriptedAs.claimsOf(assertion);
    assertThat(claims.isString("aud")).isTrue();
    assertThat(claims.string("aud")).contains(as.issuer.value());
    assertThat(claims.string("iss")).contains(as.clientId.value());
    assertThat(claims.string("sub")).contains(as.clientId.value());
    assertThat(claims.string("jti")).isPresent();
    assertThat(claims.integer("exp").orElseThrow() - claims.integer("iat").orElseThrow())
        .isEqualTo(60);
  }

  @Test
  @Requirement({"SP-5.3.3.2-4", "SP-5.3.3.2-7", "IA-2.7-5", "SP-5.4.1-4"})
  void makesVerifierStateAndNonceFreshForEachFlow() throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Form form = as.pushedFor(begin(FlowRequest.of("openid")));
      for (String name : List.of("code_challenge", "state", "nonce")) {
        assertThat(form.required(name)).matches("[A-Za-z0-9_-]{43}");
        assertThat(seen.add(form.required(name))).isTrue();
      }
    }
  }

  @Test
  @Requirement("SP-5.3.3.1-13")
  void asksForNothingTheCallerDidNotAskFor() throws Exception {
    Form form = as.pushedFor(begin(FlowRequest.of("accounts")));
    assertThat(form.names())
        .containsExactlyInAnyOrder(
            "response_type",
            "client_id",
            "redirect_uri",
            "code_challenge",
            "code_challenge_method",
            "scope",
            "state",
            "dpop_jkt",
            "client_assertion_type",
            "client_assertion");
  }

  @Test
  void passesOnWhatTheCallerAskedFor() throws Exception {
    FlowRequest request =
        FlowRequest.of("openid")
            .withResources(List.of(new ResourceIndicator("https://bank.example")))
            .withPrompt(Set.of(Prompt.LOGIN))
            .withMaxAge(Duration.ofMinutes(5))
            .withAcrValues(List.of("a", "b"))
            .withLoginHint("alice")
            .withUiLocales("de en");
    Form form = as.pushedFor(begin(request));
    assertThat(form.value("resource")).contains("https://bank.example");
    assertThat(form.value("prompt")).contains("login");
    assertThat(form.value("max_age")).contains("300");
    assertThat(form.value("acr_values")).contains("a b");
    assertThat(form.value("login_hint")).contains("alice");
    assertThat(form.value("ui_locales")).contains("de en");
  }

  @Test
  @Requirement("DP-16")
  void bindsTheCodeByThumbprint() throws Exception {
    Form form = as.pushedFor(begin(FlowRequest.of("openid")));
    assertThat(form.value("dpop_jkt")).contains(client.dpopJkt().orElseThrow().value());
    assertThat(pushed().headers().all("DPoP")).isEmpty();
  }

  @Test
  @Requirement({"DP-16", "DP-1", "DP-2", "DP-3"})
  void bindsTheCodeByAProofIfToldTo() throws Exception {
    FapiClient proving = as.client().codeBinding(CodeBinding.PAR_PROOF).build();
    AuthorizationUrl url = proving.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    assertThat(as.pushedFor(url).has("dpop_jkt")).isFalse();
    var place = as.server.uri(ScriptedAs.PAR);
    assertThat(ScriptedAs.proofOf(pushed(), place, Optional.empty(), clock).jkt())
        .isEqualTo(proving.dpopJkt().orElseThrow());
  }

  @Test
  @Requirement({"IA-2.2.1-1", "IA-2.2.2-1", "IA-2.2.2-3"})
  void marksTheRequestAsOneOfAnActivePerson() throws Exception {
    begin(FlowRequest.of("openid"));
    String id = pushed().headers().first("x-fapi-interaction-id").orElseThrow();
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(pushed().headers().all("x-fapi-end-user-present")).containsExactly("true");
  }

  @Test
  @Requirement("SP-5.3.3.1-12")
  void startsFromAPageOfTheSession() throws Exception {
    UserStart start = session.confirmStart(session.startToken());
    assertThat(as.pushedFor(client.begin(start, FlowRequest.of("openid"))).names())
        .contains("state");
  }

  @Test
  @Requirement({"SP-5.3.3.1-12", "ATT-17"})
  void doesNotStartFromAnotherSitesPost() {
    String foreign = BrowserSession.random(ScriptedAs.RANDOM).startToken();
    for (String presented : List.of("", foreign, session.startToken() + "0")) {
      assertThatThrownBy(() -> session.confirmStart(presented))
          .isInstanceOf(ProtocolViolation.class);
    }
    assertThat(as.server.received()).isEmpty();
  }

  @Test
  void tellsWhyThePushWasRefused() {
    as.nextPar(r -> ScriptedAs.error(400, "invalid_scope", "no such scope"));
    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> begin(FlowRequest.of("nonsense")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).contains("invalid_scope");
    assertThat(refused.description()).contains("no such scope");
    assertThat(refused.getMessage())
        .contains("invalid_scope", refused.interactionId().value())
        .doesNotContain("no such scope");
    assertThat(pushed().headers().all("x-fapi-interaction-id"))
        .containsExactly(refused.interactionId().value());
  }

  @Test
  @Requirement("PAR-5")
  void refusesAPushAnsweredWithoutRequestUri() {
    as.nextPar(r -> Reply.text(201, "{\"expires_in\":60}"));
    assertThatThrownBy(() -> begin(FlowRequest.of("openid")))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("PAR-5");
  }

  @Test
  @Requirement("PAR-5")
  void refusesAPushAnsweredWith200() {
    as.nextPar(r -> Reply.text(200, "{\"request_uri\":\"urn:x:1\",\"expires_in\":60}"));
    assertThatThrownBy(() -> begin(FlowRequest.of("openid"))).isInstanceOf(ServerRefused.class);
  }
}
