package dev.countersign.client;

import static dev.countersign.client.SigningRs.BODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.httpsig.VerifiedResponseSignature;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.HandSignature;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a signed call, and of its answer, is signed beyond what must be. */
class SignedFieldsTest extends SigningScene {
  private ResourceRequest payment() {
    return ResourceRequest.of("POST", rs.server.uri(PAYMENTS))
        .withBody("application/json", "{}".getBytes(UTF_8));
  }

  private HandSignature.Read signed() {
    return rs.read(KEY, rs.server.received(PAYMENTS).getLast()).orElseThrow();
  }

  @Test
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.1.1-8"})
  void signsWhatTheContentIsAndWhatTheApplicationSays() throws Exception {
    call(
        payment()
            .withHeader("Content-Encoding", "identity")
            .withHeader("X-Other", "1")
            .withSignedHeader("Idempotency-Key", "\"a\"")
            .withSignedHeader("X-Two", "1")
            .withSignedHeader("X-Two", "2"));
    assertThat(signed().identifiers())
        .contains("\"content-type\"", "\"content-encoding\"", "\"idempotency-key\"", "\"x-two\"")
        .doesNotContain("\"x-other\"");
    call(ResourceRequest.get(rs.server.uri(PAYMENTS)));
    assertThat(signed().identifiers()).doesNotContain("\"content-type\"", "\"idempotency-key\"");
  }

  @Test
  @Requirement("HS-5.3.1.1-1")
  void anApplicationSignsNoFieldThatItCannotSet() {
    assertThatThrownBy(() -> payment().withSignedHeader("DPoP", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> call(payment().withSignedHeader("Signature", "x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> call(payment().withSignedHeader("X-Name", "Zo\u00eb")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rs.server.received(PAYMENTS)).isEmpty();
  }

  @Test
  @Requirement({"ATT-64", "SIG-6"})
  void noAnswerIsThatToAnEqualRequestOfTheSameSecond() throws Exception {
    try (ScriptedAs mtls = new ScriptedAs(clock, ScriptedAs.Registered.MTLS_MTLS)) {
      mtls.publish(mtls.aliases(ScriptedAs.TOKEN));
      FapiClient bound = mtls.client().httpSignatures(KEY).build();
      Tokens own = bound.clientCredentials(Scope.of("accounts"), List.of());
      assertThat(bound.call(own, payment()).status()).isEqualTo(200);
      assertThat(signed().parameters()).containsPattern(";nonce=\"[A-Za-z0-9_-]{22}\"");
      Received first = rs.server.received(PAYMENTS).getLast();
      Reply earlier = rs.signed(first, Reply.text(200, BODY), made -> made);
      rs.server.on(PAYMENTS, r -> earlier);
      assertThatThrownBy(() -> bound.call(own, payment())).isInstanceOf(ProtocolViolation.class);
    }
  }

  @Test
  @Requirement({"ATT-64", "HS-5.3.2.1-N"})
  void givesTheFieldsOfAnAnswerThatAreSignedAndTheOthersApart() throws Exception {
    String location = "https://rs.example/payments/1";
    rs.server.on(
        PAYMENTS,
        r ->
            rs.signed(
                    r,
                    Reply.text(401, BODY).with("Location", location),
                    made -> made.covering("\"location\"", location))
                .with("Link", "<https://evil.example>")
                .with("Content-Encoding", "gzip")
                .with("WWW-Authenticate", "DPoP error=\"insufficient_user_authentication\""));
    ResourceResponse response = call(payment());
    assertThat(response.headers().names()).containsExactlyInAnyOrder("location", "content-digest");
    assertThat(response.headers().all("Location")).containsExactly(location);
    assertThat(response.unsignedHeaders().all("Link")).containsExactly("<https://evil.example>");
    assertThat(response.unsignedHeaders().all("Content-Encoding")).containsExactly("gzip");
    assertThat(response.unsignedHeaders().all("Location")).isEmpty();
    assertThat(response.challenges()).isEmpty();
    assertThat(response.stepUp()).isEmpty();
  }

  @Test
  @Requirement("ATT-64")
  void anAddedLineOfASignedFieldIsFound() {
    String location = "https://rs.example/payments/1";
    rs.server.on(
        PAYMENTS,
        r ->
            rs.signed(
                    r,
                    Reply.text(201, BODY).with("Location", location),
                    made -> made.covering("\"location\"", location))
                .with("Location", "https://evil.example/"));
    assertThatThrownBy(() -> call(payment())).isInstanceOf(ProtocolViolation.class);
  }

  @Test
  void withoutSignaturesAllFieldsAreThoseOfTheAnswer() throws Exception {
    FapiClient plain = as.client().build();
    rs.server.on(PAYMENTS, r -> Reply.text(200, BODY).with("Link", "</next>"));
    Tokens own = plain.clientCredentials(Scope.of("accounts"), List.of());
    ResourceResponse response = plain.call(own, payment());
    assertThat(response.headers().all("Link")).containsExactly("</next>");
    assertThat(response.unsignedHeaders().names()).isEmpty();
    assertThat(response.signature()).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.2.2-2", "HS-5.3.2.2-N"})
  void whatTheServerSaidCanBeVerifiedAgain() throws Exception {
    ResourceResponse response = call(payment());
    VerifiedResponseSignature kept = response.signature().orElseThrow();
    assertThat(kept.key()).isEqualTo(SigningRs.SERVER.publicJwk());
    assertThat(kept.created()).isEqualTo(clock.instant());
    assertThat(shown(kept, kept.response(), kept.content())).asString(UTF_8).isEqualTo(BODY);
    RequestMessage asked = kept.response().request();
    assertThat(asked.headers().all("Signature")).hasSize(1);
    RequestMessage other =
        new RequestMessage("PUT", asked.targetUri(), asked.headers(), asked.trailers());
    assertThatThrownBy(
            () ->
                shown(
                    kept,
                    ResponseMessage.of(200, kept.response().headers(), other),
                    kept.content()))
        .isInstanceOf(InvalidHttpSignatureException.class);
    assertThatThrownBy(() -> shown(kept, kept.response(), new byte[] {1}))
        .isInstanceOf(InvalidHttpSignatureException.class);
  }

  /** With nothing but what was kept, at whatever time. */
  private static byte[] shown(
      VerifiedResponseSignature kept, ResponseMessage response, byte[] content)
      throws InvalidHttpSignatureException {
    return FapiResponseSignature.read(response, kept.created())
        .verify(ScriptedAs.JOSE, JwkSet.of(List.of(kept.key())), content)
        .content();
  }

  @Test
  @Requirement({"HS-5.3.1.1-3", "SIG-3"})
  void anEmptyQueryIsNone() throws Exception {
    URI asked = URI.create(rs.server.uri(PAYMENTS) + "?#part");
    assertThat(ResourceRequest.get(asked).target())
        .isEqualTo(URI.create(rs.server.uri(PAYMENTS) + "#part"));
    call(ResourceRequest.get(asked));
    assertThat(rs.server.received(PAYMENTS).getLast().query()).isEmpty();
    assertThat(signed().identifiers()).contains("\"@target-uri\"");
  }

  @Test
  @Requirement("SIG-3")
  void aTargetIsAscii() {
    URI target = URI.create("https://rs.example/zo\u00eb");
    assertThatThrownBy(() -> ResourceRequest.get(target))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("ASCII")
        .doesNotContain("zo");
    assertThat(ResourceRequest.get(URI.create(target.toASCIIString())).target().getRawPath())
        .isEqualTo("/zo%C3%AB");
  }

  @Test
  @Requirement("HS-5.3.2.2-1")
  void takesTheAlgorithmsAloneThatTheServerNames() throws Exception {
    rs.signsWith("ES256", "EdDSA");
    assertThat(call(payment()).status()).isEqualTo(200);
    FapiClient another = as.client().httpSignatures(KEY).build();
    rs.signsWith("ES256", "PS512");
    Tokens own = another.clientCredentials(Scope.of("accounts"), List.of());
    assertThatThrownBy(() -> another.call(own, payment())).isInstanceOf(ProtocolViolation.class);
  }
}
