package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetadataTest {

  private final ScriptedAs as = new ScriptedAs(new TestClock());
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  private void begin() throws ClientException {
    client.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
  }

  private void refusesAndCallsNoEndpoint() {
    assertThatThrownBy(this::begin).isInstanceOf(MetadataFault.class);
    assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.3.1-9", "BCP-2.6-1"})
  void callsTheEndpointsThatTheMetadataNames() throws Exception {
    as.publish(Map.of("pushed_authorization_request_endpoint", as.server.uri("/moved") + ""));
    as.server.on("/moved", as::par);
    begin();
    assertThat(as.server.received("/moved")).hasSize(1);
    assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.3.1-9", "SP-5.3.3.1-10"})
  void asksTheIssuerItWasBuiltWithAndNobodyElse() throws Exception {
    begin();
    assertThat(as.server.received().getFirst().path()).isEqualTo(ScriptedAs.OPENID);
  }

  @Test
  @Requirement({"SP-5.3.3.1-11", "ATT-32"})
  void stopsAtTheMetadataOfAnotherIssuer() {
    as.publish(Map.of("issuer", "https://honest.example"));
    refusesAndCallsNoEndpoint();
  }

  @Test
  @Requirement("SP-5.3.3.1-11")
  void stopsAtAnIssuerThatDiffersByASlash() {
    as.publish(Map.of("issuer", as.issuer.value() + "/"));
    refusesAndCallsNoEndpoint();
  }

  @Test
  @Requirement("SP-5.2.1-1")
  void stopsAtAPlainHttpEndpoint() {
    for (String member :
        new String[] {
          "pushed_authorization_request_endpoint",
          "token_endpoint",
          "authorization_endpoint",
          "jwks_uri",
          "userinfo_endpoint"
        }) {
      FapiClient fresh = as.client().build();
      as.publish(Map.of(member, "http://localhost/plain"));
      assertThatThrownBy(
              () -> fresh.begin(session.startGuardedByCaller(), FlowRequest.of("openid")))
          .as(member)
          .isInstanceOf(MetadataFault.class);
    }
    assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
  }

  @Test
  @Requirement("SP-5.3.3.1-9")
  void pushesNothingForAFlowThatCouldNotGoOn() {
    for (String member :
        new String[] {
          "pushed_authorization_request_endpoint", "authorization_endpoint", "jwks_uri"
        }) {
      FapiClient fresh = as.client().build();
      as.publish(Map.of(member, ""));
      assertThatThrownBy(
              () -> fresh.begin(session.startGuardedByCaller(), FlowRequest.of("openid")))
          .as(member)
          .isInstanceOf(MetadataFault.class)
          .hasMessageContaining(member);
    }
    assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
  }

  @Test
  void stopsAtARedirect() {
    as.server.on(
        ScriptedAs.OPENID,
        r -> Reply.text(302, "").with("Location", as.server.uri("/elsewhere").toString()));
    refusesAndCallsNoEndpoint();
    assertThat(as.server.received("/elsewhere")).isEmpty();
  }

  @Test
  void takesALargeDocumentUpToItsBound() throws Exception {
    as.publish(Map.of("a_member_of_others", "x".repeat(100 * 1024)));
    begin();
    assertThat(as.server.received(ScriptedAs.PAR)).hasSize(1);
  }

  @Test
  void stopsAtADocumentThatIsTooLarge() {
    String large = "{\"issuer\":\"" + "x".repeat(300 * 1024) + "\"}";
    as.server.on(ScriptedAs.OPENID, r -> Reply.text(200, large));
    refusesAndCallsNoEndpoint();
  }

  @Test
  @Requirement("SP-5.2.1-5")
  void stopsAtACertificateItDoesNotTrust() {
    FapiClient distrustful = as.client().sslContext(TestTls.forHost("localhost").trust()).build();
    TransportFault fault =
        catchThrowableOfType(
            TransportFault.class,
            () -> distrustful.begin(session.startGuardedByCaller(), FlowRequest.of("openid")));
    assertThat(fault.kind()).isEqualTo(RemoteException.Kind.TLS);
    assertThat(as.server.received()).isEmpty();
  }

  @Test
  void fetchesTheMetadataOnceForManyFlows() throws Exception {
    begin();
    begin();
    assertThat(as.server.received(ScriptedAs.OPENID)).hasSize(1);
  }
}
