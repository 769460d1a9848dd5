package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.client.ScriptedAs.Registered;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that the client signs, as they arrive at a server that verifies them. */
class SignedRequestTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().signedRequests().build();

  @BeforeEach
  void publish() {
    as.publish(SignedAnswers.METADATA);
  }

  @AfterEach
  void stop() {
    as.close();
  }

  private AuthorizationUrl begin(FapiClient by, FlowRequest request) throws ClientException {
    return by.begin(session.startGuardedByCaller(), request);
  }

  private List<Received> pushes() {
    return as.server.received(ScriptedAs.PAR);
  }

  private static String object(Received push) {
    return push.form().required("request");
  }

  private MetadataFault pushesNothing(FapiClient by) {
    MetadataFault fault =
        catchThrowableOfType(MetadataFault.class, () -> begin(by, FlowRequest.of("openid")));
    assertThat(fault).isNotNull();
    assertThat(pushes()).isEmpty();
    return fault;
  }

  @Test
  @Requirement({"MS-5.3.2-1", "JAR-4"})
  void putsEverythingIntoTheObjectAndNothingBesideIt() throws Exception {
    FlowRequest request =
        FlowRequest.of("openid a")
            .withResources(List.of(new ResourceIndicator("https://bank.example")))
            .withPrompt(Set.of(Prompt.LOGIN))
            .withMaxAge(Duration.ofMinutes(5))
            .withLoginHint("alice")
            .withAuthorizationDetails(
                AuthorizationDetails.of(
                    AuthorizationDetail.of(
                        "energy", JsonObject.builder().put("day", "today").build())));
    AuthorizationUrl url = begin(client, request);
    assertThat(pushes().getLast().form().names())
        .containsExactlyInAnyOrder(
            "client_id", "request", "client_assertion", "client_assertion_type");
    Form signed = as.pushedFor(url);
    Form unsigned = as.pushedFor(begin(as.client().build(), request));
    assertThat(signed.names())
        .containsExactlyInAnyOrderElementsOf(
            unsigned.names().stream().filter(n -> !n.startsWith("client_assertion")).toList());
    for (String name : List.of("scope", "resource", "prompt", "max_age", "login_hint")) {
      assertThat(signed.value(name)).isEqualTo(unsigned.value(name));
    }
    assertThat(url.value().getRawQuery()).contains("request_uri=").doesNotContain("request=");
  }

  @Test
  @Requirement({"MS-5.3.2-2", "MS-5.3.2-3", "MS-5.3.2-4", "MS-5.3.2-5", "JAR-1", "JAR-3"})
  void saysForWhomAndForHowLongTheObjectIs() throws Exception {
    begin(client, FlowRequest.of("openid").withMaxAge(Duration.ofMinutes(5)));
    CompactJws jws = CompactJws.parse(object(pushes().getLast()));
    assertThat(jws.type()).contains("oauth-authz-req+jwt");
    assertThat(jws.kid()).contains(as.clientKey.kid());
    JsonObject claims = jws.unverifiedClaims();
    long now = clock.instant().getEpochSecond();
    assertThat(claims.string("aud")).contains(as.issuer.value());
    assertThat(claims.string("iss")).contains(as.clientId.value());
    assertThat(claims.string("client_id")).contains(as.clientId.value());
    assertThat(claims.integer("nbf")).contains(now);
    assertThat(claims.integer("exp")).contains(now + 60);
    assertThat(claims.integer("max_age")).contains(300L);
    assertThat(claims.has("sub")).isFalse();
    assertThat(claims.has("request_uri")).isFalse();
  }

  @Test
  @Requirement({"JAR-11", "DP-10"})
  void makesAFreshObjectWhenTheServerWantsANonce() throws Exception {
    FapiClient proving = as.client().signedRequests().codeBinding(CodeBinding.PAR_PROOF).build();
    as.nextPar(r -> ScriptedAs.useNonce("n-1"));
    begin(proving, FlowRequest.of("openid a"));
    assertThat(pushes()).hasSize(2);
    JsonObject first = ScriptedAs.claimsOf(object(pushes().getFirst()));
    JsonObject second = ScriptedAs.claimsOf(object(pushes().getLast()));
    assertThat(first.string("jti")).isPresent().isNotEqualTo(second.string("jti"));
    assertThat(second.without("jti")).isEqualTo(first.without("jti"));
    assertThat(ScriptedAs.proofClaims(pushes().getLast()).string("nonce")).contains("n-1");
  }

  @Test
  @Requirement({"SP-5.3.3.1-N1", "MS-5.3.2-3", "IA-CLK"})
  void goesByTheServersTimeIfItsOwnIsRefused() throws Exception {
    TestClock real = new TestClock(Instant.now());
    try (ScriptedAs onTime = new ScriptedAs(real)) {
      TestClock late = new TestClock(real.instant().minus(Duration.ofHours(1)));
      FapiClient behind = onTime.client().clock(late).signedRequests().build();
      onTime.nextPar(r -> ScriptedAs.error(400, "invalid_request_object", "expired"));
      AuthorizationUrl url = begin(behind, FlowRequest.of("openid a"));
      assertThat(onTime.pushedFor(url).value("scope")).contains("openid a");
      List<Received> tries = onTime.server.received(ScriptedAs.PAR);
      assertThat(tries).hasSize(2);
      JsonObject last = ScriptedAs.claimsOf(object(tries.getLast()));
      assertThat(last.integer("nbf").orElseThrow())
          .isBetween(real.instant().getEpochSecond() - 10, real.instant().getEpochSecond() + 10);
    }
  }

  @Test
  @Requirement({"MS-5.3.2-1", "JAR-9"})
  void signsByAKeyOfItsOwn() throws Exception {
    FapiClient other = as.client().signedRequests(as.requestKey).build();
    Form asked = as.pushedFor(begin(other, FlowRequest.of("openid a")));
    assertThat(asked.value("scope")).contains("openid a");
    assertThat(CompactJws.parse(object(pushes().getLast())).kid()).contains(as.requestKey.kid());
  }

  @Test
  @Requirement({"MS-5.3.2-1", "MT-1"})
  void signsForAClientThatItsCertificateAuthenticates() throws Exception {
    for (Registered registered : List.of(Registered.MTLS_DPOP, Registered.MTLS_MTLS)) {
      try (ScriptedAs certified = new ScriptedAs(clock, registered)) {
        Map<String, Object> metadata = new HashMap<>(SignedAnswers.METADATA);
        metadata.putAll(certified.aliases(ScriptedAs.PAR));
        certified.publish(metadata);
        FapiClient by = certified.client().signedRequests(certified.requestKey).build();
        AuthorizationUrl url = begin(by, FlowRequest.of("openid a"));
        assertThat(certified.pushedFor(url).value("scope")).contains("openid a");
        assertThat(certified.mtls.received(ScriptedAs.PAR).getLast().form().names())
            .containsExactlyInAnyOrder("client_id", "request");
      }
    }
  }

  @Test
  @Requirement("SP-6.8-2")
  void refusesToBeBuiltWithoutAKeyForIt() {
    try (ScriptedAs certified = new ScriptedAs(clock, Registered.MTLS_DPOP)) {
      assertThatThrownBy(() -> certified.client().signedRequests().build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("signedRequests");
      assertThatThrownBy(() -> certified.client().messageSigning().build())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> as.client().signedRequests(as.requestKey).dpopKey(as.requestKey).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SP-6.8-2");
  }

  @Test
  @Requirement("JAR-8")
  void pushesNothingWhereItsAlgorithmIsNotVerified() throws Exception {
    as.publish(Map.of("request_object_signing_alg_values_supported", List.of("RS256", "PS256")));
    assertThat(pushesNothing(client)).hasMessageContaining("ES256");
    as.publish(Map.of("request_object_signing_alg_values_supported", List.of("ES256")));
    begin(as.client().signedRequests().build(), FlowRequest.of("openid"));
    // It may leave out what it verifies (RFC 9101 section 10.5).
    as.publish(Map.of());
    begin(as.client().signedRequests().build(), FlowRequest.of("openid"));
    assertThat(pushes()).hasSize(2);
  }

  @Test
  @Requirement({"JAR-8", "ATT-61"})
  void pushesNothingUnsignedWhereAllMustBeSigned() throws Exception {
    as.publish(Map.of("require_signed_request_object", true));
    assertThat(pushesNothing(as.client().build())).hasMessageContaining("signedRequests");
    begin(client, FlowRequest.of("openid"));
    assertThat(pushes()).hasSize(1);
  }

  @Test
  @Requirement("ATT-61")
  void doesNotFallBackToAnUnsignedRequest() {
    as.nextPar(r -> ScriptedAs.error(400, "request_not_supported", "no"));
    assertThatThrownBy(() -> begin(client, FlowRequest.of("openid")))
        .isInstanceOf(ServerRefused.class);
    as.nextPar(r -> Reply.text(503, ""));
    assertThatThrownBy(() -> begin(client, FlowRequest.of("openid")))
        .isInstanceOf(ServerRefused.class);
    assertThat(pushes()).hasSize(2).allSatisfy(push -> assertThat(object(push)).isNotEmpty());
  }
}
