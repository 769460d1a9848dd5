package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.client.ScriptedAs.Registered;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.ready.Account;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSamplesTest {

  private final TestClock clock = new TestClock();
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);

  @Test
  @Requirement({"SP-5.3.3.1-1", "SP-5.3.3.1-2"})
  void aClientWithACertificatePushesItsRequest(@TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("client.pem");
    Path key = folder.resolve("client-key.pem");
    try (ScriptedAs as = new ScriptedAs(clock, Registered.MTLS_MTLS)) {
      as.publish(as.aliases(ScriptedAs.PAR));
      TestTls tls = as.clientTls;
      Files.writeString(certificate, TestTls.pem("CERTIFICATE", tls.certificate().getEncoded()));
      Files.writeString(key, TestTls.pem("PRIVATE KEY", tls.key().getEncoded()));
      as.nextPar(r -> Reply.text(400, r.form().required("client_id")));
      FapiClient client =
          ClientSamples.client(
              as.issuer,
              certificate,
              key,
              as.redirectUri,
              TestTls.LOCALHOST.trust(),
              TestTls.LOCALHOST.trustManagers());
      assertThat(client.dpopJkt()).isEmpty();
      assertThat(
              catchThrowable(
                  () -> client.begin(session.startGuardedByCaller(), FlowRequest.of("accounts"))))
          .isInstanceOf(ServerRefused.class);
      assertThat(as.mtls.received(ScriptedAs.PAR).getLast().form().value("client_id"))
          .contains("budget-app");
      assertThat(as.mtls.received(ScriptedAs.PAR).getLast().clientCertificates())
          .containsExactly(tls.certificate());
    }
  }

  @Test
  @Requirement({"MS-5.3.2-1", "MS-5.4.2-1", "MS-5.4.2-2"})
  void aClientSignsAndIsAnsweredBySignatures() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock);
        ScriptedAs certified = new ScriptedAs(clock, Registered.MTLS_DPOP)) {
      as.publish(SignedAnswers.METADATA);
      as.nextPar(r -> ScriptedAs.error(400, "invalid_client", "not a client of this server"));
      FapiClient client =
          ClientSamples.signing(as.issuer, as.clientKey, as.redirectUri, TestTls.LOCALHOST.trust());
      assertThat(
              catchThrowable(
                  () -> client.begin(session.startGuardedByCaller(), FlowRequest.of("accounts"))))
          .isInstanceOf(ServerRefused.class);
      Form pushed = as.server.received(ScriptedAs.PAR).getLast().form();
      JsonObject asked = ScriptedAs.claimsOf(pushed.required("request"));
      assertThat(asked.string("response_mode")).contains("jwt");
      assertThat(asked.string("client_id")).contains("budget-app");

      Map<String, Object> metadata = new HashMap<>(SignedAnswers.METADATA);
      metadata.putAll(certified.aliases(ScriptedAs.PAR, ScriptedAs.TOKEN));
      certified.publish(metadata);
      FapiClient posts = ClientSamples.signing(certified.client(), certified.requestKey).build();
      AuthorizationUrl url =
          posts.begin(session.startGuardedByCaller(), FlowRequest.of("accounts"));
      SignedAnswers answer = new SignedAnswers(certified, certified.agree(url), clock.instant());
      String body = Form.builder().add("response", answer.good()).build().encode();
      String response = Form.parseQuery(body).required("response");
      assertThat(ClientSamples.again(body)).contains("value=\"" + response + "\"");
      assertThat(ClientSamples.posted(posts, session, body).scope().contains("accounts")).isTrue();
    }
  }

  @Test
  void aPageThatPostsAgainHasNothingThatSomebodyElseMade() {
    for (String bad : List.of("response=%22%3E%3Cscript%3E", "response=", "a=b")) {
      assertThat(catchThrowable(() -> ClientSamples.again(bad)))
          .as(bad)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aJobCallsForItself() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock);
        ScriptedServer rs = new ScriptedServer()) {
      rs.on("/reports", r -> Reply.text(204, ""));
      assertThat(ClientSamples.batch(as.client().build(), rs.uri("/reports"))).isEqualTo(204);
    }
  }

  @Test
  @Requirement("SU-2")
  void aPaymentThatNeedsAnotherLoginBeginsIt() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock);
        ScriptedServer rs = new ScriptedServer()) {
      FapiClient client = as.client().build();
      Tokens tokens = client.clientCredentials(Scope.of("payments"), List.of());
      ResourceRequest payment = ResourceRequest.of("POST", rs.uri("/payments"));
      rs.on("/payments", r -> Reply.text(201, ""));
      assertThat(ClientSamples.pay(client, session, tokens, payment)).isEmpty();
      rs.on(
          "/payments",
          r ->
              Reply.text(401, "")
                  .with(
                      "WWW-Authenticate",
                      "DPoP error=\"insufficient_user_authentication\", max_age=\"60\""));
      assertThat(ClientSamples.pay(client, session, tokens, payment)).isPresent();
      assertThat(as.server.received(ScriptedAs.PAR).getLast().form().value("max_age"))
          .contains("60");
    }
  }

  @Test
  @Requirement({"RAR-2-1", "RAR-7-1"})
  void aPaymentIsAskedForAndChosenAccountsAreReadBack() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock)) {
      FapiClient client = as.client().build();
      URI url = ClientSamples.askForPayment(client, session.startGuardedByCaller(), "12.50");
      assertThat(url.getRawQuery()).contains("request_uri=").doesNotContain("12.50");
      Form pushed = as.server.received(ScriptedAs.PAR).getLast().form();
      assertThat(pushed.required("authorization_details")).contains("\"amount\":\"12.50\"");
      ClientSamples.askForReadings(client, session.startGuardedByCaller());
      assertThat(as.server.received(ScriptedAs.PAR).getLast().form().value("authorization_details"))
          .contains("[{\"type\":\"energy_readings\",\"actions\":[\"read\"],\"interval\":\"day\"}]");

      AuthorizationUrl accounts =
          client.begin(session.startGuardedByCaller(), FlowRequest.of("accounts"));
      JsonObject chosen = ScriptedAs.json(Map.of("iban", "DE02100100109307118603"));
      JsonObject granted =
          ScriptedAs.json(
              Map.of(
                  "type", "account_information",
                  "actions", List.of("list_accounts"),
                  "accounts", List.of(chosen)));
      as.nextToken(r -> as.tokens(r, Map.of("authorization_details", List.of(granted)), Map.of()));
      Tokens tokens = client.callback(session, as.agree(accounts).encode());
      assertThat(ClientSamples.chosenAccounts(tokens))
          .containsExactly(Account.of("DE02100100109307118603"));
    }
  }

  @Test
  void aTypeOfOnesOwnIsReadByPointers() throws Exception {
    AuthorizationDetail granted =
        AuthorizationDetail.of(
            JsonObject.parse(
                """
                {"type": "energy_readings",
                 "meters": [{"number": "12345678"}, {"number": "87654321"}]}
                """));
    assertThat(ClientSamples.meters(granted)).containsExactly("12345678", "87654321");
  }

  @Test
  @Requirement({"GM-3.7", "GM-6.6-1"})
  void aGrantIsAddedToAndAskedAbout() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock)) {
      as.publish(Map.of("grant_management_endpoint", as.server.uri("/as/grants").toString()));
      FapiClient client = as.client().build();
      AuthorizationUrl first =
          client.begin(
              session.startGuardedByCaller(),
              FlowRequest.of("a").withGrantManagement(GrantManagement.create()));
      as.nextToken(r -> as.tokens(r, Map.of("grant_id", "g-1"), Map.of()));
      Tokens tokens = client.callback(session, as.agree(first).encode());

      ClientSamples.askForMore(client, session.startGuardedByCaller(), tokens, "a b");
      Form pushed = as.server.received(ScriptedAs.PAR).getLast().form();
      assertThat(pushed.value("grant_management_action")).contains("merge");
      assertThat(pushed.value("grant_id")).contains("g-1");

      GrantId grant = tokens.grantId().orElseThrow();
      as.server.on("/as/grants/g-1", r -> Reply.text(200, "{}"));
      assertThat(ClientSamples.stands(client, grant)).isTrue();
      as.server.on("/as/grants/g-1", r -> Reply.text(404, ""));
      assertThat(ClientSamples.stands(client, grant)).isFalse();
      as.server.on("/as/grants/g-1", r -> Reply.text(403, ""));
      assertThat(catchThrowable(() -> ClientSamples.stands(client, grant)))
          .isInstanceOf(ServerRefused.class);
    }
  }
}
