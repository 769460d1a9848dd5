package dev.countersign.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.TestClock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed requests, and signed responses, of one server over HTTPS. */
class MessageSigningTest {
  private static final FlowRequest ASKED = FlowRequest.of("openid a");

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().signedRequests().signedResponses().build();

  @BeforeEach
  void publish() {
    publish(Map.of());
  }

  private void publish(Map<String, Object> changes) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("request_object_signing_alg_values_supported", List.of("PS256", "ES256"));
    metadata.put("authorization_signing_alg_values_supported", List.of("ES256"));
    metadata.put("response_modes_supported", List.of("query", "jwt", "query.jwt", "form_post.jwt"));
    metadata.putAll(changes);
    as.publish(metadata);
  }

  @AfterEach
  void stop() {
    as.close();
  }

  private Form agreed(FapiClient with) throws ClientException {
    return as.agree(with.begin(session.startGuardedByCaller(), ASKED));
  }

  /** The answer as a JWT of this server for this client; an empty text drops a claim. */
  private String signed(Form answer, Map<String, Object> changes, SigningKey key) {
    Map<String, Object> claims = new LinkedHashMap<>();
    answer.names().forEach(name -> claims.put(name, answer.required(name)));
    claims.put("aud", as.clientId.value());
    claims.put("exp", clock.instant().getEpochSecond() + 60);
    claims.putAll(changes);
    claims.values().removeIf(""::equals);
    return ScriptedAs.JOSE.sign(ScriptedAs.json(Map.of()), ScriptedAs.json(claims), key);
  }

  private String signed(Form answer) {
    return signed(answer, Map.of(), as.key);
  }

  private ProtocolViolation refused(FapiClient with, String raw) {
    ProtocolViolation violation =
        catchThrowableOfType(ProtocolViolation.class, () -> with.callback(session, raw));
    assertThat(violation).as(raw).isNotNull();
    assertThat(as.server.received(ScriptedAs.TOKEN)).isEmpty();
    return violation;
  }

  @Test
  @Requirement({
    "MS-5.3.2-1",
    "MS-5.3.2-2",
    "MS-5.3.2-3",
    "MS-5.3.2-4",
    "MS-5.3.2-5",
    "MS-5.4.2-1",
    "JAR-1",
    "JAR-3",
    "JAR-4"
  })
  void putsAllOfARequestIntoOneSignedObject() throws Exception {
    agreed(client);

    Received push = as.server.received(ScriptedAs.PAR).getLast();
    assertThat(push.form().names())
        .containsExactlyInAnyOrder(
            "client_id", "request", "client_assertion", "client_assertion_type");
    JsonObject claims = ScriptedAs.claimsOf(push.form().required("request"));
    long now = clock.instant().getEpochSecond();
    assertThat(claims.string("aud")).contains(as.issuer.value());
    assertThat(claims.string("iss")).contains("client-1");
    assertThat(claims.number("nbf").orElseThrow().longValueExact()).isEqualTo(now);
    assertThat(claims.number("exp").orElseThrow().longValueExact()).isBetween(now + 1, now + 3600);
    assertThat(claims.string("response_mode")).contains("jwt");
    assertThat(claims.names()).contains("jti", "state", "nonce", "code_challenge", "scope");
    assertThat(claims.names()).doesNotContain("sub");
    String header = push.form().required("request").split("\\.", -1)[0];
    assertThat(new String(Base64.getUrlDecoder().decode(header), UTF_8))
        .contains("\"typ\":\"oauth-authz-req+jwt\"");
  }

  @Test
  @Requirement({"MS-5.3.2-1", "JAR-11"})
  void signsAnewForEachAttempt() throws Exception {
    as.nextPar(push -> ScriptedAs.useNonce("n-1"));
    FapiClient proving = as.client().signedRequests().codeBinding(CodeBinding.PAR_PROOF).build();
    agreed(proving);

    assertThat(
            as.server.received(ScriptedAs.PAR).stream()
                .map(push -> ScriptedAs.claimsOf(push.form().required("request")))
                .map(claims -> claims.toJson()))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  @Requirement({"MS-5.4.2-2", "JARM-6"})
  void redeemsTheCodeOfASignedResponse() throws Exception {
    Tokens tokens = client.callback(session, "response=" + signed(agreed(client)));

    assertThat(tokens.idToken().orElseThrow().sub().value()).isEqualTo("alice");
  }

  @Test
  @Requirement({"MS-5.4.2-2", "JARM-6"})
  void tellsOfASignedError() throws Exception {
    Form answer = agreed(client);
    Form error =
        Form.builder()
            .add("error", "access_denied")
            .add("state", answer.required("state"))
            .add("iss", as.issuer.value())
            .build();

    assertThatThrownBy(() -> client.callback(session, "response=" + signed(error)))
        .isInstanceOf(AuthorizationRefused.class);
  }

  @Test
  @Requirement({"JARM-6", "ATT-62", "S-05"})
  void refusesTheResponseOfAnotherIssuerBeforeItAsksForKeys() throws Exception {
    Form answer = agreed(as.client().signedResponses().build());
    String other = signed(answer, Map.of("iss", "https://honest.example"), as.key);
    FapiClient fresh = as.client().signedResponses().build();
    int before = as.server.received(ScriptedAs.JWKS).size();

    assertThat(refused(fresh, "response=" + other).rule().value()).isEqualTo("JARM-6");
    assertThat(as.server.received(ScriptedAs.JWKS)).hasSize(before);
  }

  @Test
  @Requirement({"JARM-6", "ATT-62", "S-05", "MS-5.4.2-2"})
  void refusesWhatIsNotTheGenuineResponseAndKeepsTheFlow() throws Exception {
    Form answer = agreed(client);
    long now = clock.instant().getEpochSecond();
    SigningKey stranger = ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);
    String good = signed(answer);
    String unsigned =
        Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8))
            + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1);
    for (String wrong :
        List.of(
            signed(answer, Map.of("iss", ""), as.key),
            signed(answer, Map.of("aud", "client-2"), as.key),
            signed(answer, Map.of("aud", ""), as.key),
            signed(answer, Map.of("aud", List.of("client-1", "client-2")), as.key),
            signed(answer, Map.of("exp", now), as.key),
            signed(answer, Map.of("exp", ""), as.key),
            signed(answer, Map.of(), stranger),
            unsigned,
            good.substring(0, good.length() - 6) + "AAAAAA")) {
      refused(client, "response=" + wrong);
    }
    assertThat(client.callback(session, "response=" + good).accessToken()).isNotNull();
    refusedReplay(good);
  }

  private void refusedReplay(String good) {
    assertThatThrownBy(() -> client.callback(session, "response=" + good))
        .isInstanceOf(ProtocolViolation.class);
  }

  @Test
  @Requirement({"MS-5.4.2-2", "OA-8", "S-06"})
  void takesNothingThatIsNotSigned() throws Exception {
    Form answer = agreed(client);
    String good = "response=" + signed(answer);

    refused(client, answer.encode());
    refused(client, good + "&iss=" + as.issuer.value());
    refused(client, good + "&code=injected");
    refused(client, good + "&" + good);
    assertThat(client.callback(session, "page=1&" + good).accessToken()).isNotNull();
  }

  @Test
  @Requirement({"JARM-2", "MS-5.4.2-2"})
  void takesNoSignedResponseThatNobodyAskedFor() throws Exception {
    FapiClient plain = as.client().build();
    Form answer = agreed(plain);

    refused(plain, "response=" + signed(answer));
    refused(plain, answer.encode() + "&response=" + signed(answer));
    assertThat(plain.callback(session, answer.encode()).accessToken()).isNotNull();
  }

  @Test
  @Requirement("JARM-7")
  void takesTheRegisteredAlgorithmAlone() throws Exception {
    publish(Map.of("authorization_signing_alg_values_supported", List.of("PS256", "ES256")));
    FapiClient pinned =
        as.client().signedResponses().signedResponseAlgorithm(SignatureAlgorithm.PS256).build();

    refused(pinned, "response=" + signed(agreed(pinned)));
  }

  @ParameterizedTest
  @EnumSource(value = ResponseMode.class, mode = EnumSource.Mode.EXCLUDE, names = "QUERY")
  @Requirement("MS-5.4.2-1")
  void asksForTheModeThatTheApplicationWants(ResponseMode mode) throws Exception {
    publish(Map.of("response_modes_supported", List.of(mode.value())));
    agreed(as.client().signedResponses(mode).build());

    assertThat(as.server.received(ScriptedAs.PAR).getLast().form().value("response_mode"))
        .contains(mode.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request_object_signing_alg_values_supported",
        "authorization_signing_alg_values_supported",
        "response_modes_supported"
      })
  @Requirement({"JAR-8", "JARM-8", "MS-5.3.2-1", "MS-5.4.2-1"})
  void pushesNothingToAServerThatCannot(String member) {
    publish(Map.of(member, List.of("RS256")));

    assertThatThrownBy(() -> agreed(client)).isInstanceOf(MetadataFault.class);
    assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
  }

  @Test
  @Requirement("JAR-8")
  void pushesNothingUnsignedToAServerThatTakesItFromNobody() {
    publish(Map.of("require_signed_request_object", true));

    assertThatThrownBy(() -> agreed(as.client().build()))
        .isInstanceOf(MetadataFault.class)
        .hasMessageContaining("wants signed requests");
    assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
  }

  @Test
  @Requirement("SP-6.8-2")
  void refusesKeysAndModesThatCannotBe() {
    assertThatThrownBy(() -> as.client().dpopKey(as.key).signedRequests(as.key).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> as.client().signedResponses(ResponseMode.QUERY))
        .isInstanceOf(IllegalArgumentException.class);
    try (ScriptedAs byCertificate = new ScriptedAs(clock, ScriptedAs.Registered.MTLS_MTLS)) {
      assertThatThrownBy(() -> byCertificate.client().signedRequests())
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
