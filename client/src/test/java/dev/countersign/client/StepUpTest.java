package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("SU-2")
class StepUpTest {

  private static final String DEMAND = "DPoP error=\"insufficient_user_authentication\"";

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  private Tokens flow(FlowRequest request, Map<String, Object> claims) throws ClientException {
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), request);
    Form agreed = as.agree(url);
    as.nextToken(r -> as.tokens(r, Map.of(), claims));
    return client.callback(session, agreed.encode());
  }

  private Optional<StepUp> answered(int status, String challenge) throws ClientException {
    as.server.on("/pay", r -> Reply.text(status, "").with("WWW-Authenticate", challenge));
    Tokens tokens = flow(FlowRequest.of("openid pay"), Map.of());
    return client.call(tokens, ResourceRequest.of("POST", as.server.uri("/pay"))).stepUp();
  }

  @Test
  void tellsWhatLoginAResourceServerDemands() throws Exception {
    assertThat(
            answered(401, DEMAND + ", acr_values=\"gold silver\", max_age=\"300\", scope=\"pay\""))
        .contains(
            new StepUp(
                List.of("gold", "silver"),
                Optional.of(Duration.ofMinutes(5)),
                Optional.of(Scope.of("pay"))));
    assertThat(answered(401, DEMAND + ", max_age=0"))
        .contains(new StepUp(List.of(), Optional.of(Duration.ZERO), Optional.empty()));
  }

  @Test
  void takesTheDemandOfAServerThatWantsCertificates() throws Exception {
    assertThat(
            answered(401, "Bearer error=\"insufficient_user_authentication\", acr_values=\"gold\""))
        .contains(new StepUp(List.of("gold"), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+5", "1.5", "12345678901", "soon", ""})
  void ignoresAnAgeThatIsNoNumberOfSeconds(String maxAge) throws Exception {
    assertThat(answered(401, DEMAND + ", max_age=\"" + maxAge + "\""))
        .contains(new StepUp(List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void otherAnswersDemandNoLogin() throws Exception {
    assertThat(answered(401, "DPoP error=\"invalid_token\", acr_values=\"gold\"")).isEmpty();
    assertThat(answered(403, DEMAND)).isEmpty();
    assertThat(answered(401, "DPoP algs=\"ES256\"")).isEmpty();
  }

  @Test
  void asksForTheDemandedLoginInANewFlow() throws Exception {
    StepUp demanded =
        new StepUp(List.of("gold", "silver"), Optional.of(Duration.ofMinutes(5)), Optional.empty());
    FlowRequest next = FlowRequest.of("openid pay").withStepUp(demanded);
    Form pushed = as.pushedFor(client.begin(session.startGuardedByCaller(), next));
    assertThat(pushed.value("acr_values")).contains("gold silver");
    assertThat(pushed.value("max_age")).contains("300");
    assertThat(pushed.value("scope")).contains("openid pay");
  }

  @Test
  void takesNoDemandForAnOlderLoginThanTheApplicationAsksFor() {
    FlowRequest own = FlowRequest.of("openid pay").withMaxAge(Duration.ofMinutes(5));
    assertThat(own.withStepUp(within(Duration.ofHours(1))).maxAge())
        .contains(Duration.ofMinutes(5));
    assertThat(own.withStepUp(within(Duration.ofMinutes(1))).maxAge())
        .contains(Duration.ofMinutes(1));
  }

  @Test
  @Requirement("SU-2")
  void takesNoDemandForAWeakerLoginThanTheApplicationNeeds() {
    StepUp demanded = new StepUp(List.of("gold", "silver"), Optional.empty(), Optional.empty());
    FlowRequest plain = FlowRequest.of("openid pay");
    assertThat(plain.withRequiredAcr(List.of("gold")).withStepUp(demanded).acrValues())
        .containsExactly("gold");
    assertThat(plain.withRequiredAcr(List.of("lead")).withStepUp(demanded).acrValues())
        .containsExactly("gold", "silver");
    assertThat(plain.withAcrValues(List.of("silver")).withStepUp(demanded).acrValues())
        .containsExactly("gold", "silver");
  }

  private static StepUp within(Duration age) {
    return new StepUp(List.of(), Optional.of(age), Optional.empty());
  }

  @Test
  @Requirement("OA-10")
  void refusesALoginThatIsNotTheDemandedOne() throws Exception {
    FlowRequest request =
        FlowRequest.of("openid")
            .withStepUp(new StepUp(List.of("gold", "silver"), Optional.empty(), Optional.empty()));
    assertThat(flow(request, Map.of("acr", "silver")).idToken()).isPresent();
    for (Map<String, Object> other :
        List.of(Map.<String, Object>of("acr", "lead"), Map.<String, Object>of())) {
      assertThatThrownBy(() -> flow(request, other))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("acr");
    }
  }

  @Test
  void needsToKnowWhatIsRequired() {
    assertThatThrownBy(() -> FlowRequest.of("openid").withRequiredAcr(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
