package dev.countersign.client;

import static dev.countersign.client.SigningRs.BODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.HandSignature;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the client signs, and for whom. */
class SignedCallsTest extends SigningScene {
  private static final byte[] PAYMENT = "{\"amount\":\"123.50\"}".getBytes(UTF_8);

  private ResourceRequest payment() {
    return ResourceRequest.of("POST", rs.server.uri(PAYMENTS + "?async=true"))
        .withBody("application/json", PAYMENT);
  }

  private ResourceRequest question() {
    return ResourceRequest.get(rs.server.uri(PAYMENTS));
  }

  private List<Received> calls() {
    return rs.server.received(PAYMENTS);
  }

  @Test
  @Requirement({
    "HS-5.3.1.1-1",
    "HS-5.3.1.1-2",
    "HS-5.3.1.1-3",
    "HS-5.3.1.1-4",
    "HS-5.3.1.1-5",
    "HS-5.3.1.1-6",
    "HS-5.3.1.1-7",
    "HS-5.3.1.1-8",
    "HS-5.3.2.2-2"
  })
  void signsARequestWithItsTokenProofAndContent() throws Exception {
    ResourceResponse response = call(payment());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).asString().isEqualTo(BODY);
    Received request = calls().getLast();
    assertThat(request.headers().all("Content-Digest"))
        .containsExactly(HandSignature.digest(PAYMENT));
    HandSignature.Read read = rs.read(KEY, request).orElseThrow();
    assertThat(read.identifiers())
        .contains(
            "\"@method\"",
            "\"@target-uri\"",
            "\"authorization\"",
            "\"dpop\"",
            "\"content-digest\"");
    assertThat(read.parameters())
        .contains(
            ";created=" + clock.instant().getEpochSecond(),
            ";keyid=\"" + KEY.kid() + "\"",
            ";tag=\"fapi-2-request\"")
        .doesNotContain(";alg=");
  }

  @Test
  @Requirement("HS-5.3.1.1-8")
  void signsNoDigestWhereThereIsNoContent() throws Exception {
    call(question());
    Received request = calls().getLast();
    assertThat(request.headers().all("Content-Digest")).isEmpty();
    assertThat(rs.read(KEY, request).orElseThrow().identifiers())
        .doesNotContain("\"content-digest\"");
  }

  @Test
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.1.1-3"})
  void namesTheTargetAsTheServerKnowsIt() throws Exception {
    rs.answers("/");
    String authority = rs.server.uri("").getAuthority();
    ResourceRequest request =
        ResourceRequest.get(URI.create("https://" + authority.replace("localhost", "LOCALHOST")));
    assertThat(call(request).status()).isEqualTo(200);
    assertThat(rs.read(KEY, rs.server.received("/").getLast())).isPresent();
  }

  @Test
  @Requirement({
    "HS-5.3.1.1-1",
    "HS-5.3.1.1-4",
    "HS-5.3.1.1-7",
    "HS-5.3.2.2-2",
    "HS-5.3.2.2-N",
    "ATT-64",
    "DP-13"
  })
  void signsEachAttemptAnewWhereTheServerSignsThatItWantsANonce() throws Exception {
    rs.server.on(
        PAYMENTS,
        r -> {
          if (calls().size() > 1) {
            return rs.signed(r, Reply.text(200, BODY), made -> made);
          }
          clock.advance(Duration.ofSeconds(5));
          return rs.signed(r, wantsNonce(), made -> made);
        });
    assertThat(call(payment()).status()).isEqualTo(200);
    assertThat(calls()).hasSize(2);
    for (Received attempt : calls()) {
      assertThat(rs.read(KEY, attempt)).isPresent();
    }
    assertThat(calls().get(0).headers().first("Signature"))
        .isNotEqualTo(calls().get(1).headers().first("Signature"));
    assertThat(rs.read(KEY, calls().get(1)).orElseThrow().parameters())
        .contains(";created=" + clock.instant().getEpochSecond());
  }

  private static Reply wantsNonce() {
    return Reply.text(401, "")
        .with("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"")
        .with("DPoP-Nonce", "n1");
  }

  @Test
  @Requirement({"HS-5.3.2.2-2", "ATT-64"})
  void paysOnceWhoeverInBetweenKeepsTheAnswerAndDemandsANonce() {
    UnaryOperator<HandSignature> forged = made -> made.signedBy(SigningRs.OTHER);
    for (Function<Received, Reply> lie :
        List.<Function<Received, Reply>>of(
            r -> wantsNonce(), r -> rs.signed(r, wantsNonce(), forged))) {
      int before = calls().size();
      rs.server.on(
          PAYMENTS,
          r ->
              calls().size() == before + 1
                  ? lie.apply(r)
                  : rs.signed(r, Reply.text(201, BODY), made -> made));
      assertThatThrownBy(() -> call(payment())).isInstanceOf(ProtocolViolation.class);
      assertThat(calls()).hasSize(before + 1);
    }
  }

  @Test
  @Requirement({"HS-5.3.2.2-2", "DP-13"})
  void asksAgainWithTheNonceOfAnUnsignedDemand() throws Exception {
    rs.server.on(
        PAYMENTS,
        r ->
            calls().size() == 1 ? wantsNonce() : rs.signed(r, Reply.text(200, BODY), made -> made));
    assertThat(call(question()).status()).isEqualTo(200);
    assertThat(calls()).hasSize(2);
  }

  @Test
  @Requirement({"HS-5.3.2.2-2", "ATT-64"})
  void asksAgainAfterNoDemandThatIsSignedBadlyAndOnceOnly() {
    rs.server.on(PAYMENTS, r -> rs.signed(r, wantsNonce(), made -> made.signedBy(SigningRs.OTHER)));
    assertThatThrownBy(() -> call(question())).isInstanceOf(ProtocolViolation.class);
    assertThat(calls()).hasSize(1);
    rs.server.on(PAYMENTS, r -> wantsNonce());
    assertThatThrownBy(() -> call(question())).isInstanceOf(ProtocolViolation.class);
    assertThat(calls()).hasSize(3);
  }

  @Test
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.1.1-6"})
  void signsTheTokenThatACertificateBinds() throws Exception {
    try (ScriptedAs mtls = new ScriptedAs(clock, ScriptedAs.Registered.MTLS_MTLS)) {
      mtls.publish(mtls.aliases(ScriptedAs.TOKEN));
      FapiClient bound = mtls.client().httpSignatures(KEY).build();
      Tokens own = bound.clientCredentials(Scope.of("accounts"), List.of());
      assertThat(bound.call(own, payment()).status()).isEqualTo(200);
      assertThat(rs.read(KEY, calls().getLast()).orElseThrow().identifiers())
          .contains("\"authorization\"")
          .doesNotContain("\"dpop\"");
    }
  }

  @Test
  @Requirement({"HS-5.3.1.1-1"})
  void signsNothingForTheAuthorizationServer() throws Exception {
    client.clientCredentials(Scope.of("accounts"), List.of());
    assertThat(as.server.received(ScriptedAs.TOKEN).getLast().headers().all("Signature")).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.1.1-1"})
  void leavesRequestsAloneWithoutTheSwitch() throws Exception {
    FapiClient plain = as.client().build();
    rs.server.on(PAYMENTS, r -> Reply.text(200, "{}"));
    Tokens own = plain.clientCredentials(Scope.of("accounts"), List.of());
    assertThat(plain.call(own, payment().withHeader("Signature", "mine")).status()).isEqualTo(200);
    assertThat(calls().getLast().headers().all("Signature")).containsExactly("mine");
    assertThat(calls().getLast().headers().all("Signature-Input")).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.1.1-8"})
  void itsFieldsAreNobodyElses() {
    for (String field : List.of("Signature", "signature-input", "Content-Digest")) {
      assertThatThrownBy(() -> call(payment().withHeader(field, "x")))
          .as(field)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(calls()).isEmpty();
  }

  @Test
  @Requirement("HS-5.3.2.2-1")
  void sendsNothingToAResourceServerWhoseAnswerNobodyCouldBelieve() {
    rs.describes("", Optional.empty());
    assertThatThrownBy(() -> call(payment()))
        .isInstanceOf(MetadataFault.class)
        .hasMessageContaining("HS-5.3.2.2-1");
    assertThat(calls()).isEmpty();
  }

  @Test
  @Requirement("HS-5.3.2.2-1")
  void sendsNothingWithoutKeys() {
    rs.describes("", Optional.of("/nowhere"));
    assertThatThrownBy(() -> call(payment())).isInstanceOf(MetadataFault.class);
    assertThat(calls()).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.2.2-1", "PR-3", "ATT-86"})
  void sendsNothingToAResourceServerThatDescribesAnother() {
    URI other = rs.server.uri("/other");
    ProtectedResourceMetadata described =
        ProtectedResourceMetadata.builder(other, as.issuer)
            .signsResponses(rs.server.uri(SigningRs.JWKS), List.of(SignatureAlgorithm.ES256))
            .build();
    rs.server.on(SigningRs.METADATA, r -> Reply.json(200, described.toJson()));
    assertThatThrownBy(() -> call(payment()))
        .isInstanceOf(MetadataFault.class)
        .hasMessageContaining("PR-3");
    assertThat(rs.server.received(SigningRs.JWKS)).isEmpty();
    assertThat(calls()).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.2.2-1", "PR-3"})
  void takesTheKeysOfTheResourceServerThatTheTargetIsBelow() throws Exception {
    rs.describes("/bank", Optional.of(SigningRs.JWKS));
    rs.describes("", Optional.empty());
    rs.answers("/bank/accounts");
    FapiClient known =
        as.client().httpSignatures(KEY, rs.server.uri("/bank"), rs.server.uri("/b")).build();
    Tokens own = known.clientCredentials(Scope.of("accounts"), List.of());
    URI accounts = rs.server.uri("/bank/accounts");
    assertThat(known.call(own, ResourceRequest.get(accounts)).status()).isEqualTo(200);
    assertThat(known.call(own, ResourceRequest.get(accounts)).status()).isEqualTo(200);
    assertThat(rs.server.received(SigningRs.METADATA + "/bank")).hasSize(1);
    assertThat(rs.server.received(SigningRs.JWKS)).hasSize(1);
    assertThatThrownBy(() -> known.call(own, ResourceRequest.get(rs.server.uri("/bankrupt"))))
        .isInstanceOf(MetadataFault.class);
  }

  @Test
  @Requirement("SP-6.8-2")
  void takesAKeyThatIsForNothingElse() {
    assertThatThrownBy(() -> as.client().httpSignatures(as.clientKey).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> as.client().dpopKey(KEY).httpSignatures(KEY).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> as.client().httpSignatures(KEY, URI.create("http://rs.example/bank")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
