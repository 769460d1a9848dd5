package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.countersign.client.ScriptedAs.Registered;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
