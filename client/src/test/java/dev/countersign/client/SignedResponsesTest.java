package dev.countersign.client;

import static dev.countersign.client.SigningRs.BODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.HandSignature;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application never sees: an answer that is not the resource server's to this request. */
class SignedResponsesTest extends SigningScene {
  private ResourceResponse pay() throws ClientException {
    return call(
        ResourceRequest.of("POST", rs.server.uri(PAYMENTS))
            .withBody("application/json", "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private void refuses(UnaryOperator<HandSignature> change) {
    rs.answers(PAYMENTS, 200, BODY, change);
    refuses();
  }

  private void refuses() {
    assertThatThrownBy(this::pay)
        .isInstanceOf(ProtocolViolation.class)
        .message()
        .doesNotContain("accepted", "sig1");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 303, 400, 401, 404, 503})
  @Requirement({"HS-5.3.2.2-1", "HS-5.3.2.2-2"})
  void takesASignedAnswerOfAnyStatus(int status) throws Exception {
    rs.answers(PAYMENTS, status, BODY, made -> made);
    assertThat(pay().status()).isEqualTo(status);
    rs.answers(PAYMENTS, status, "", made -> made);
    assertThat(pay().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 303, 401, 404, 502})
  @Requirement({"HS-5.3.2.2-2", "ATT-64"})
  void takesNoUnsignedAnswer(int status) {
    rs.server.on(PAYMENTS, r -> Reply.text(status, BODY));
    refuses();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@status\"",
        "\"content-digest\"",
        "\"@method\";req",
        "\"@target-uri\";req",
        "\"content-digest\";req",
        "\"signature\";req",
        "\"signature-input\";req"
      })
  @Requirement({"HS-5.3.2.2-3", "HS-5.3.2.2-4", "ATT-64", "ATT-65"})
  void takesNoAnswerWhoseSignatureLeavesOut(String component) {
    refuses(made -> made.without(component));
  }

  @Test
  @Requirement({"HS-5.3.2.2-5", "ATT-65"})
  void takesNoSignatureForSomethingElse() {
    refuses(made -> made.with("tag", "\"fapi-2-request\""));
    refuses(made -> made.withoutParameter("tag"));
  }

  @Test
  @Requirement({"HS-5.3.2.2-3", "ATT-64"})
  void takesNoOldAnswerAndNoneFromTheFuture() throws Exception {
    long now = clock.instant().getEpochSecond();
    rs.answers(PAYMENTS, 200, BODY, made -> made.with("created", Long.toString(now - 60)));
    assertThat(pay().status()).isEqualTo(200);
    refuses(made -> made.with("created", Long.toString(now - 61)));
    refuses(made -> made.with("created", Long.toString(now + 61)));
    refuses(made -> made.withoutParameter("created"));
  }

  @Test
  @Requirement({"HS-5.3.2.2-1", "HS-5.3.2.2-2", "ATT-64"})
  void takesNoSignatureOfAnotherKey() {
    refuses(made -> made.signedBy(SigningRs.OTHER));
    refuses(
        made -> made.with("keyid", '"' + SigningRs.OTHER.kid() + '"').signedBy(SigningRs.OTHER));
    // The client's own key says nothing of the server.
    refuses(made -> made.with("keyid", '"' + KEY.kid() + '"').signedBy(KEY));
  }

  @Test
  @Requirement({"HS-5.3.2.2-N", "HS-5.3.2.2-2", "ATT-64", "S-12"})
  void takesNoAnswerToAnotherRequest() throws Exception {
    rs.answers(PAYMENTS);
    pay();
    Received earlier = rs.server.received(PAYMENTS).getLast();
    Reply accepted = rs.signed(earlier, Reply.text(200, BODY), made -> made);
    rs.server.on(PAYMENTS, r -> accepted);
    refuses();
  }

  @Test
  @Requirement({"HS-5.3.2.2-3", "HS-5.3.2.2-4", "ATT-64", "ATT-66"})
  void takesNoOtherStatusAndNoOtherContentThanWasSigned() {
    rs.server.on(
        PAYMENTS,
        r -> {
          Reply made = rs.signed(r, Reply.text(200, BODY), as -> as);
          return new Reply(201, made.headers(), made.body(), false);
        });
    refuses();
    rs.server.on(
        PAYMENTS,
        r -> {
          Reply made = rs.signed(r, Reply.text(200, "{\"status\":\"refused\"}"), as -> as);
          return new Reply(200, made.headers(), BODY, false);
        });
    refuses();
    rs.server.on(
        PAYMENTS,
        r -> {
          Reply made = rs.signed(r, Reply.text(200, BODY), as -> as);
          return new Reply(200, made.headers(), "", false);
        });
    refuses();
    rs.server.on(
        PAYMENTS,
        r -> {
          Reply made = rs.signed(r, Reply.text(200, ""), as -> as);
          return new Reply(200, made.headers(), BODY, false);
        });
    refuses();
  }

  @Test
  @Requirement({"HS-5.3.2.2-4", "ATT-66"})
  void takesNoDigestThatIsNone() {
    refuses(made -> made.covering("\"content-digest\"", "sha-256=:AAAA:"));
    String weak = "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:";
    rs.server.on(
        PAYMENTS,
        r -> {
          HandSignature[] kept = new HandSignature[1];
          rs.signed(
              r,
              Reply.text(200, BODY),
              made -> {
                kept[0] = made.covering("\"content-digest\"", weak);
                return kept[0];
              });
          return Reply.text(200, BODY)
              .with("Content-Digest", weak)
              .with("Signature-Input", kept[0].input())
              .with("Signature", kept[0].signature());
        });
    refuses();
  }

  @Test
  @Requirement({"HS-5.3.2.2-1", "SP-6.8-1"})
  void findsANewKeyOfTheServerAndForgetsAnOldOne() throws Exception {
    rs.answers(PAYMENTS);
    pay();
    rs.publishes(SigningRs.OTHER);
    UnaryOperator<HandSignature> byOther =
        made -> made.with("keyid", '"' + SigningRs.OTHER.kid() + '"').signedBy(SigningRs.OTHER);
    refuses(byOther);
    clock.advance(Duration.ofSeconds(30));
    rs.answers(PAYMENTS, 200, BODY, byOther);
    assertThat(pay().status()).isEqualTo(200);
    refuses(made -> made);
    assertThat(rs.server.received(SigningRs.JWKS)).hasSize(2);
  }

  @Test
  @Requirement({"HS-5.3.2.2-2"})
  void userinfoAndGrantsAreNotThoseOfAResourceServerThatSigns() throws Exception {
    BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
    AuthorizationUrl url =
        client.begin(session.startGuardedByCaller(), FlowRequest.of("openid profile"));
    Tokens tokens = client.callback(session, as.agree(url).encode());
    assertThat(client.userinfo(tokens).claims().string("name")).contains("Alice");
  }
}
