package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that must be signed, and what is refused of those that come. */
class SignedResponseTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().signedResponses().build();
  private Form plain = Form.builder().build();
  private SignedAnswers answer = new SignedAnswers(as, plain, clock.instant());

  @BeforeEach
  void openAFlow() throws ClientException {
    as.publish(SignedAnswers.METADATA);
    open(client);
  }

  @AfterEach
  void stop() {
    as.close();
  }

  private Form open(FapiClient by) throws ClientException {
    AuthorizationUrl url = by.begin(session.startGuardedByCaller(), FlowRequest.of("openid a"));
    Form asked = as.pushedFor(url);
    plain = as.agree(url);
    answer = new SignedAnswers(as, plain, clock.instant());
    return asked;
  }

  private static String query(String jwt) {
    return Form.builder().add("response", jwt).build().encode();
  }

  private int keyFetches() {
    return as.server.received(ScriptedAs.JWKS).size();
  }

  private String refused(String query) {
    return refused(client, query);
  }

  private String refused(FapiClient by, String query) {
    ProtocolViolation violation =
        catchThrowableOfType(ProtocolViolation.class, () -> by.callback(session, query));
    assertThat(violation).as(query).isNotNull();
    assertThat(as.server.received(ScriptedAs.TOKEN)).isEmpty();
    return violation.rule().value();
  }

  private void theFlowIsStillOpen() throws ClientException {
    assertThat(client.callback(session, query(answer.good())).scope().contains("a")).isTrue();
  }

  @Test
  @Requirement({"MS-5.4.2-1", "MS-5.4.2-2", "JARM-6"})
  void asksForASignedAnswerAndRedeemsItsCode() throws Exception {
    assertThat(open(client).value("response_mode")).contains("jwt");
    Tokens tokens = client.callback(session, query(answer.good()));
    assertThat(tokens.idToken().orElseThrow().sub().value()).isEqualTo("alice");
    assertThat(as.server.received(ScriptedAs.TOKEN)).hasSize(1);
  }

  @Test
  @Requirement({"MS-5.3.2-1", "MS-5.4.2-1"})
  void asksForItInsideTheSignedRequest() throws Exception {
    FapiClient both = as.client().messageSigning().build();
    assertThat(open(both).value("response_mode")).contains("jwt");
    assertThat(as.server.received(ScriptedAs.PAR).getLast().form().has("response_mode")).isFalse();
    assertThat(both.callback(session, query(answer.good())).accessToken().reveal()).isNotEmpty();
  }

  @Test
  @Requirement({"MS-5.4.2-2", "JARM-6"})
  void takesEachOfOurAlgorithms() throws Exception {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      SigningKey key = ScriptedAs.JOSE.generate(algorithm, ScriptedAs.RANDOM);
      as.server.on(
          ScriptedAs.JWKS,
          r -> Reply.json(200, JwkSet.of(List.of(as.key.publicJwk(), key.publicJwk())).toJson()));
      FapiClient fresh = as.client().signedResponses().build();
      open(fresh);
      fresh.callback(session, query(answer.with(Map.of(), key)));
    }
  }

  @Test
  @Requirement({"MS-5.4.2-2", "S-06", "A1-13"})
  void refusesAPlainAnswerBeforeAnythingElse() throws Exception {
    assertThat(refused(plain.encode())).isEqualTo("MS-5.4.2-2");
    String foreign = "code=x&state=y&iss=https%3A%2F%2Fhonest.example";
    assertThat(refused(foreign)).isEqualTo("MS-5.4.2-2");
    String error = "error=access_denied&state=" + plain.required("state");
    assertThat(refused(error + "&iss=" + as.issuer.value())).isEqualTo("MS-5.4.2-2");
    assertThat(keyFetches()).isZero();
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"OA-8", "S-06", "MS-5.4.2-2", "JARM-2"})
  void refusesPlainParametersBesideTheSignedAnswer() throws Exception {
    String good = query(answer.good());
    assertThat(refused(good + "&iss=" + as.issuer.value())).isEqualTo("OA-8");
    assertThat(refused("iss=https%3A%2F%2Fhonest.example&" + good)).isEqualTo("OA-8");
    for (String beside : List.of("code=x", "state=x", "error=x", "error_description=x")) {
      assertThat(refused(good + "&" + beside)).isEqualTo("JARM-2");
    }
    refused(good + "&" + good);
    assertThat(keyFetches()).isZero();
    // What the redirect URI itself has is no answer.
    assertThat(client.callback(session, "tenant=1&" + good).accessToken().reveal()).isNotEmpty();
  }

  @Test
  @Requirement({"JARM-2", "S-06"})
  void refusesASignedAnswerThatWasNotAskedFor() throws Exception {
    FapiClient unsigned = as.client().build();
    open(unsigned);
    assertThat(refused(unsigned, query(answer.good()))).isEqualTo("JARM-2");
    assertThat(refused(unsigned, plain.encode() + "&" + query(answer.good()))).isEqualTo("JARM-2");
    assertThat(unsigned.callback(session, plain.encode()).accessToken().reveal()).isNotEmpty();
  }

  @Test
  @Requirement({"JARM-6", "ATT-62", "S-05", "OA-8"})
  void refusesAnotherIssuerAndAsksNobodyForKeys() throws Exception {
    for (String iss : List.of("https://honest.example", as.issuer.value() + "/", "")) {
      refused(query(answer.with(Map.of("iss", iss))));
    }
    try (ScriptedAs attacker = new ScriptedAs(clock)) {
      Map<String, Object> own = Map.of("iss", attacker.issuer.value());
      refused(query(answer.with(own, attacker.key)));
      assertThat(attacker.server.received()).isEmpty();
    }
    assertThat(keyFetches()).isZero();
    theFlowIsStillOpen();
    assertThat(keyFetches()).isEqualTo(1);
  }

  @Test
  @Requirement({"JARM-6", "ATT-62", "S-05"})
  void refusesTheAnswerToAnotherClientBeforeAnyKey() throws Exception {
    for (Object aud :
        List.of("client-2", List.of("client-2"), List.of("client-1", "client-2"), "")) {
      assertThat(refused(query(answer.with(Map.of("aud", aud))))).isEqualTo("JARM-6");
    }
    assertThat(keyFetches()).isZero();
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"JARM-6", "ATT-62", "S-05"})
  void refusesAnExpiredAnswerAtTheSecondItIsOver() throws Exception {
    refused(query(answer.with(Map.of("exp", ""))));
    clock.advance(Duration.ofMinutes(10));
    assertThat(refused(query(answer.good()))).isEqualTo("JARM-6");
    assertThat(keyFetches()).isZero();
    clock.advance(Duration.ofSeconds(-1));
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"JARM-6", "SP-5.4.1-1.3", "S-05"})
  void refusesNoneAndOtherAlgorithms() throws Exception {
    String[] good = answer.good().split("\\.", -1);
    for (String alg : List.of("none", "RS256", "HS256", "ES384")) {
      String header = "{\"alg\":\"" + alg + "\",\"kid\":\"" + as.key.kid() + "\"}";
      String encoded =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(header.getBytes(StandardCharsets.UTF_8));
      String signature = alg.equals("none") ? "" : good[2];
      refused(query(encoded + "." + good[1] + "." + signature));
    }
    refused(query("a.b.c.d.e"));
    assertThat(keyFetches()).isZero();
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"JARM-6", "S-05", "MS-5.4.2-2"})
  void aForgedAnswerEndsNobodysFlow() throws Exception {
    SigningKey stranger = ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);
    refused(query(answer.with(Map.of(), stranger)));
    String[] good = answer.good().split("\\.", -1);
    String other = answer.with(Map.of("code", "stolen")).split("\\.", -1)[1];
    refused(query(good[0] + "." + other + "." + good[2]));
    String state = plain.required("state");
    SignedAnswers no =
        new SignedAnswers(
            as,
            Form.builder().add("error", "access_denied").add("state", state).build(),
            clock.instant());
    refused(query(no.with(Map.of(), stranger)));
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"SP-6.4", "SP-5.3.3.2-4", "ATT-62"})
  void endsTheFlowWithTheFirstGoodAnswer() throws Exception {
    String good = query(answer.good());
    client.callback(session, good);
    assertThatThrownBy(() -> client.callback(session, good)).isInstanceOf(ProtocolViolation.class);
    assertThat(as.server.received(ScriptedAs.TOKEN)).hasSize(1);
  }

  @Test
  @Requirement({"SP-5.3.3.2-4", "ATT-16", "BCP-2.1-2"})
  void belongsToTheSessionAndStateOfTheFlow() throws Exception {
    BrowserSession victim = BrowserSession.random(ScriptedAs.RANDOM);
    assertThatThrownBy(() -> client.callback(victim, query(answer.good())))
        .isInstanceOf(ProtocolViolation.class);
    assertThat(refused(query(answer.with(Map.of("state", "x".repeat(43))))))
        .isEqualTo("SP-5.3.3.2-4");
    assertThat(refused(query(answer.with(Map.of("state", ""))))).isEqualTo("BCP-2.1-2");
    theFlowIsStillOpen();
  }

  @Test
  @Requirement({"MS-5.4.2-2", "JARM-6"})
  void believesASignedError() {
    SignedAnswers no =
        new SignedAnswers(
            as,
            Form.builder()
                .add("error", "access_denied")
                .add("error_description", "not now")
                .add("state", plain.required("state"))
                .build(),
            clock.instant());
    AuthorizationRefused refused =
        catchThrowableOfType(
            AuthorizationRefused.class, () -> client.callback(session, query(no.good())));
    assertThat(refused.error()).isEqualTo("access_denied");
    assertThat(refused.description()).contains("not now");
  }

  @Test
  @Requirement({"J-13", "JARM-6"})
  void takesNoOtherJwtOfTheIssuerForIt() throws Exception {
    refused(query(answer.with(Map.of(), as.key, Map.of("typ", "at+jwt"))));
    // An ID token has its issuer and audience right, and neither code nor error.
    refused(query(as.idToken(Optional.empty(), Map.of())));
    theFlowIsStillOpen();
  }
}
