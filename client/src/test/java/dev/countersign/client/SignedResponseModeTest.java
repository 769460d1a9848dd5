package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways a signed answer can come, the servers that can give one, and whose keys sign it. */
class SignedResponseModeTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);

  /** One of the methods that take an answer. */
  private interface Callback {
    Tokens take(FapiClient client, BrowserSession session, String raw) throws ClientException;
  }

  private static final Map<ResponseMode, Callback> WAYS =
      Map.of(
          ResponseMode.JWT, FapiClient::callback,
          ResponseMode.QUERY_JWT, FapiClient::callback,
          ResponseMode.FRAGMENT_JWT, FapiClient::callbackFragment,
          ResponseMode.FORM_POST_JWT, FapiClient::callbackForm);

  private static final Map<ResponseMode, List<Callback>> OTHERS =
      Map.of(
          ResponseMode.JWT, List.of(FapiClient::callbackFragment, FapiClient::callbackForm),
          ResponseMode.QUERY_JWT, List.of(FapiClient::callbackFragment, FapiClient::callbackForm),
          ResponseMode.FRAGMENT_JWT, List.of(FapiClient::callback, FapiClient::callbackForm),
          ResponseMode.FORM_POST_JWT, List.of(FapiClient::callback, FapiClient::callbackFragment));

  @BeforeEach
  void publish() {
    as.publish(SignedAnswers.METADATA);
  }

  @AfterEach
  void stop() {
    as.close();
  }

  private AuthorizationUrl begin(FapiClient client) throws ClientException {
    return client.begin(session.startGuardedByCaller(), FlowRequest.of("a"));
  }

  private SignedAnswers answered(FapiClient client) throws ClientException {
    return new SignedAnswers(as, as.agree(begin(client)), clock.instant());
  }

  private static String raw(String jwt) {
    return Form.builder().add("response", jwt).build().encode();
  }

  private MetadataFault pushesNothing(FapiClientBuilder client) {
    int before = as.server.received(ScriptedAs.PAR).size();
    MetadataFault fault = catchThrowableOfType(MetadataFault.class, () -> begin(client.build()));
    assertThat(fault).isNotNull();
    assertThat(as.server.received(ScriptedAs.PAR)).hasSize(before);
    return fault;
  }

  @Test
  @Requirement({"MS-5.4.2-1", "MS-5.4.2-2"})
  void comesAsItWasAskedForAndInNoOtherWay() throws Exception {
    for (ResponseMode mode : WAYS.keySet()) {
      FapiClient client = as.client().signedResponses(mode).build();
      AuthorizationUrl url = begin(client);
      assertThat(as.pushedFor(url).value("response_mode")).contains(mode.value());
      String raw = raw(new SignedAnswers(as, as.agree(url), clock.instant()).good());
      for (Callback other : OTHERS.get(mode)) {
        ProtocolViolation violation =
            catchThrowableOfType(ProtocolViolation.class, () -> other.take(client, session, raw));
        assertThat(violation.rule().value()).isEqualTo("MS-5.4.2-1");
      }
      assertThat(WAYS.get(mode).take(client, session, raw).accessToken().reveal()).isNotEmpty();
    }
  }

  @Test
  @Requirement("MS-5.4.2-1")
  void cannotBeDemandedInAPlainMode() {
    assertThatThrownBy(() -> as.client().signedResponses(ResponseMode.QUERY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> as.client().authorizationSignedResponseAlg(SignatureAlgorithm.ES256).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signedResponses");
  }

  @Test
  @Requirement({"MS-5.4.2-1", "JARM-8"})
  void pushesNothingWhereNoAnswerIsSignedSo() throws Exception {
    // Absent it means query and fragment (RFC 8414 section 2).
    as.publish(Map.of());
    assertThat(pushesNothing(as.client().signedResponses()))
        .hasMessageContaining("response_modes_supported");
    as.publish(Map.of("response_modes_supported", List.of("query", "jwt")));
    assertThat(pushesNothing(as.client().signedResponses(ResponseMode.FORM_POST_JWT)))
        .hasMessageContaining("form_post.jwt");
    begin(as.client().signedResponses().build());
    as.publish(Map.of("response_modes_supported", List.of("jwt"), "jwks_uri", ""));
    assertThat(pushesNothing(as.client().signedResponses())).hasMessageContaining("jwks_uri");
  }

  @Test
  @Requirement({"JARM-7", "JARM-8"})
  void pushesNothingWhereNoAlgorithmIsShared() throws Exception {
    Map<String, Object> metadata = new HashMap<>(SignedAnswers.METADATA);
    metadata.put("authorization_signing_alg_values_supported", List.of("RS256"));
    as.publish(metadata);
    assertThat(pushesNothing(as.client().signedResponses()))
        .hasMessageContaining("authorization_signing_alg_values_supported");
    metadata.put("authorization_signing_alg_values_supported", List.of("RS256", "ES256"));
    as.publish(metadata);
    begin(as.client().signedResponses().build());
    FapiClientBuilder pinned =
        as.client().signedResponses().authorizationSignedResponseAlg(SignatureAlgorithm.PS256);
    assertThat(pushesNothing(pinned)).hasMessageContaining("PS256");
  }

  @Test
  @Requirement({"JARM-7", "JARM-6"})
  void takesTheRegisteredAlgorithmAlone() throws Exception {
    FapiClient pinned =
        as.client()
            .signedResponses()
            .authorizationSignedResponseAlg(SignatureAlgorithm.EDDSA)
            .build();
    SigningKey ed = ScriptedAs.JOSE.generate(SignatureAlgorithm.EDDSA, ScriptedAs.RANDOM);
    publishKeys(as.key, ed);
    SignedAnswers answer = answered(pinned);
    assertThatThrownBy(() -> pinned.callback(session, raw(answer.good())))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("JARM-6");
    assertThat(pinned.callback(session, raw(answer.with(Map.of(), ed))).scope().contains("a"))
        .isTrue();
  }

  private void publishKeys(SigningKey... keys) {
    JwkSet set = JwkSet.of(List.of(keys).stream().map(SigningKey::publicJwk).toList());
    as.server.on(ScriptedAs.JWKS, r -> Reply.json(200, set.toJson()));
  }

  @Test
  @Requirement({"JARM-6", "SP-5.4.3-1"})
  void looksAgainForAKeyItDoesNotKnowButNotForEachForgery() throws Exception {
    FapiClient client = as.client().signedResponses().build();
    client.callback(session, raw(answered(client).good()));
    assertThat(as.server.received(ScriptedAs.JWKS)).hasSize(1);

    SigningKey next = ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);
    publishKeys(as.key, next);
    SignedAnswers answer = answered(client);
    clock.advance(Duration.ofSeconds(31));
    client.callback(session, raw(answer.with(Map.of(), next)));
    assertThat(as.server.received(ScriptedAs.JWKS)).hasSize(2);

    SignedAnswers last = answered(client);
    for (int i = 0; i < 5; i++) {
      SigningKey stranger = ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);
      assertThatThrownBy(() -> client.callback(session, raw(last.with(Map.of(), stranger))))
          .isInstanceOf(ProtocolViolation.class);
    }
    assertThat(as.server.received(ScriptedAs.JWKS)).hasSize(2);
    client.callback(session, raw(last.good()));
  }

  @Test
  @Requirement({"JARM-6", "IA-CLK"})
  void expiresByTheServersTime() throws Exception {
    TestClock real = new TestClock(Instant.now());
    try (ScriptedAs onTime = new ScriptedAs(real)) {
      onTime.publish(SignedAnswers.METADATA);
      TestClock late = new TestClock(real.instant().minus(Duration.ofHours(1)));
      FapiClient behind = onTime.client().clock(late).signedResponses().build();
      onTime.nextPar(r -> ScriptedAs.error(400, "invalid_client", "expired"));
      Form answer = onTime.agree(begin(behind));
      SignedAnswers past = new SignedAnswers(onTime, answer, real.instant().minusSeconds(1200));
      assertThatThrownBy(() -> behind.callback(session, raw(past.good())))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("expired");
      SignedAnswers now = new SignedAnswers(onTime, answer, real.instant());
      assertThat(behind.callback(session, raw(now.good())).scope().contains("a")).isTrue();
    }
  }
}
