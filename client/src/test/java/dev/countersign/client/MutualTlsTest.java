package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ScriptedAs.Registered;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication and token binding by certificate, against a server that demands just that. */
@Requirement({"SP-5.3.3.1-1", "SP-5.3.3.1-2"})
class MutualTlsTest {

  private static final String[] ALL = {
    ScriptedAs.PAR, ScriptedAs.TOKEN, ScriptedAs.REVOKE, ScriptedAs.USERINFO
  };

  private final TestClock clock = new TestClock();
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);

  private Tokens flow(ScriptedAs as, FapiClient client, String scope) throws ClientException {
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), FlowRequest.of(scope));
    return client.callback(session, as.agree(url).encode());
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"SP-5.3.3.1-7", "MT-1", "MT-9"})
  void goesTheWholeWayByTheAliases(Registered registered) throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock, registered)) {
      as.publish(as.aliases(ALL));
      FapiClient client = as.client().build();
      Tokens tokens = flow(as, client, "openid accounts");
      assertThat(client.userinfo(tokens).sub().value()).isEqualTo("alice");
      client.revoke(client.refresh(tokens));
      ScriptedServer called = registered == Registered.JWT_DPOP ? as.server : as.mtls;
      assertThat(called.received(ScriptedAs.PAR)).hasSize(1);
      assertThat(called.received(ScriptedAs.TOKEN)).hasSize(2);
      assertThat(called.received(ScriptedAs.REVOKE)).hasSize(1);
      // Userinfo takes no client authentication: only a token that is bound needs the certificate.
      ScriptedServer info = registered.certificateBinds() ? as.mtls : as.server;
      assertThat(info.received(ScriptedAs.USERINFO)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void needsNoOpenIdAndNoPerson(Registered registered) throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock, registered)) {
      as.publish(as.aliases(ALL));
      FapiClient client = as.client().build();
      assertThat(flow(as, client, "accounts").idToken()).isEmpty();
      assertThat(client.clientCredentials(Scope.of("batch"), List.of()).refreshToken()).isEmpty();
    }
  }

  @Test
  @Requirement({"SP-5.3.3.1-7", "MT-9"})
  void takesTheEndpointItselfWhereItHasNoAlias() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock, Registered.MTLS_MTLS)) {
      // Of an endpoint without alias the one address asks for certificates, too.
      Map<String, Object> metadata = new HashMap<>(as.aliases(ScriptedAs.TOKEN));
      metadata.put("pushed_authorization_request_endpoint", as.mtls.uri(ScriptedAs.PAR).toString());
      as.publish(metadata);
      flow(as, as.client().build(), "accounts");
      assertThat(as.mtls.received(ScriptedAs.TOKEN)).hasSize(1);
      assertThat(as.mtls.received(ScriptedAs.PAR)).hasSize(1);
    }
  }

  @Test
  @Requirement({"SP-5.2.2.1-3", "SP-5.2.2.1.1-1"})
  void callsEveryAliasIfItsRegistrationSaysSo() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock)) {
      as.publish(as.aliases(ALL));
      FapiClient client =
          as.client()
              .mutualTls(as.certificate().sslContext(TestTls.LOCALHOST.trustManagers()))
              .useMtlsEndpointAliases()
              .build();
      Tokens tokens = flow(as, client, "openid accounts");
      client.userinfo(tokens);
      client.revoke(tokens);
      for (String path : ALL) {
        assertThat(as.mtls.received(path)).as(path).hasSize(1);
        assertThat(as.server.received(path)).as(path).isEmpty();
      }
    }
  }

  @Test
  @Requirement("SP-5.2.2.1.1-1")
  void callsNoAliasWithoutAReason() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock)) {
      as.publish(as.aliases(ALL));
      flow(as, as.client().build(), "openid accounts");
      assertThat(as.mtls.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"MT-6", "DP-10", "SP-5.3.3.1-3"})
  void showsResourceServersTheCertificateOnlyIfTheTokenIsBoundToIt(Registered registered)
      throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock, registered);
        ScriptedServer rs = ScriptedServer.askingForCertificates()) {
      as.publish(as.aliases(ALL));
      rs.on("/accounts", r -> Reply.text(200, "{}"));
      FapiClient client = as.client().build();
      Tokens tokens = flow(as, client, "accounts");
      client.call(tokens, ResourceRequest.get(rs.uri("/accounts")));
      Received request = rs.received("/accounts").getLast();
      boolean binds = registered.certificateBinds();
      assertThat(request.headers().all("authorization"))
          .containsExactly((binds ? "Bearer " : "DPoP ") + tokens.accessToken().reveal());
      assertThat(request.headers().all("dpop")).hasSize(binds ? 0 : 1);
      assertThat(request.clientCertificates()).hasSize(binds ? 1 : 0);
    }
  }

  @Test
  @Requirement({"MT-5", "DP-7"})
  void discardsATokenThatIsNotBoundAsItMustBe() throws Exception {
    for (Registered registered : Registered.values()) {
      try (ScriptedAs as = new ScriptedAs(clock, registered)) {
        as.publish(as.aliases(ALL));
        FapiClient client = as.client().build();
        String other = registered.certificateBinds() ? "DPoP" : "Bearer";
        as.nextToken(r -> as.tokens(r, Map.of("token_type", other), Map.of()));
        assertThatThrownBy(() -> flow(as, client, "accounts"))
            .isInstanceOf(ProtocolViolation.class)
            .hasMessageContaining(registered.certificateBinds() ? "MT-5" : "DP-7");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "BEARER", "Bearer"})
  @Requirement("MT-5")
  void takesTheTokenTypeInAnyCase(String tokenType) throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock, Registered.MTLS_MTLS)) {
      as.publish(as.aliases(ALL));
      as.nextToken(r -> as.tokens(r, Map.of("token_type", tokenType), Map.of()));
      assertThat(flow(as, as.client().build(), "accounts").refreshToken()).isPresent();
    }
  }

  @Test
  void namesNoDpopKeyWhereACertificateBinds() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock, Registered.JWT_MTLS)) {
      as.publish(as.aliases(ALL));
      FapiClient client = as.client().codeBinding(CodeBinding.PAR_PROOF).build();
      AuthorizationUrl url =
          client.begin(session.startGuardedByCaller(), FlowRequest.of("accounts"));
      assertThat(as.pushedFor(url).has("dpop_jkt")).isFalse();
      assertThat(as.mtls.received(ScriptedAs.PAR).getLast().headers().all("dpop")).isEmpty();
      assertThat(client.dpopJkt()).isEmpty();
    }
  }

  @Test
  @Requirement({"SP-5.2.1-5", "SP-5.2.1-2"})
  void isAsStrictWhereItShowsACertificate() throws Exception {
    TestTls stranger = TestTls.forHost("stranger.example");
    try (ScriptedAs as = new ScriptedAs(clock, Registered.MTLS_MTLS);
        ScriptedServer old =
            new ScriptedServer(
                TestTls.LOCALHOST.serverThatTakesAnyClient(),
                tls -> {
                  tls.setProtocols(new String[] {"TLSv1.2"});
                  tls.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
                  return tls;
                });
        ScriptedServer wrongName =
            new ScriptedServer(stranger.serverThatTakesAnyClient(), tls -> tls)) {
      as.publish(as.aliases(ALL));
      Tokens tokens = flow(as, as.client().build(), "accounts");
      FapiClient client = as.client().build();
      FapiClient trusting =
          as.client().mutualTls(as.certificate().sslContext(stranger.trustManagers())).build();
      assertThat(fault(client, tokens, old)).isEqualTo(RemoteException.Kind.TLS);
      assertThat(fault(trusting, tokens, wrongName)).isEqualTo(RemoteException.Kind.TLS);
    }
  }

  private static RemoteException.Kind fault(FapiClient client, Tokens tokens, ScriptedServer at) {
    try {
      client.call(tokens, ResourceRequest.get(at.uri("/")));
      throw new AssertionError("was answered");
    } catch (TransportFault e) {
      return e.kind();
    } catch (ClientException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Requirement("SP-5.3.3.1-7")
  void isNotBuiltWithoutTheCertificateItNeeds() {
    for (FapiClientBuilder builder :
        List.of(
            builder(new ClientAuthentication.MutualTls()),
            builder(byKey()).senderConstraint(SenderConstraint.MTLS),
            builder(byKey()).useMtlsEndpointAliases())) {
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("mutualTls");
    }
  }

  @Test
  void isNotBuiltWithADpopKeyThatNothingIsBoundTo() {
    FapiClientBuilder builder =
        builder(byKey())
            .senderConstraint(SenderConstraint.MTLS)
            .mutualTls(TestTls.LOCALHOST.trust())
            .dpopKey(ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM));
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void beginsNoFlowWithoutRedirectUri() throws Exception {
    try (ScriptedAs as = new ScriptedAs(clock)) {
      FapiClient client =
          FapiClient.builder(
                  as.issuer, as.clientId, new ClientAuthentication.PrivateKeyJwt(as.clientKey))
              .sslContext(TestTls.LOCALHOST.trust())
              .clock(clock)
              .build();
      assertThat(client.clientCredentials(Scope.of("batch"), List.of()).scope())
          .isEqualTo(Scope.of("batch"));
      assertThatThrownBy(
              () -> client.begin(session.startGuardedByCaller(), FlowRequest.of("accounts")))
          .isInstanceOf(IllegalStateException.class);
      assertThat(as.server.received(ScriptedAs.PAR)).isEmpty();
    }
  }

  private static ClientAuthentication byKey() {
    return new ClientAuthentication.PrivateKeyJwt(
        ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM));
  }

  private static FapiClientBuilder builder(ClientAuthentication authentication) {
    return FapiClient.builder(
        new Issuer("https://as.example"), new ClientId("client-1"), authentication);
  }

  @Test
  void readsACertificateFromPem() throws Exception {
    TestTls tls = TestTls.forHost("client.example");
    String certificate = TestTls.pem("CERTIFICATE", tls.certificate().getEncoded());
    String key = TestTls.pem("PRIVATE KEY", tls.key().getEncoded());
    assertThat(ClientCertificate.fromPem(certificate, key).chain())
        .containsExactly(tls.certificate());
    for (List<String> wrong :
        List.of(
            List.of("", key),
            List.of("no PEM", key),
            List.of(certificate, ""),
            List.of(certificate, certificate),
            List.of(certificate, TestTls.pem("PRIVATE KEY", new byte[] {1, 2, 3})))) {
      assertThatThrownBy(() -> ClientCertificate.fromPem(wrong.getFirst(), wrong.getLast()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(ClientCertificate.fromPem(certificate, key))
        .hasToString("ClientCertificate[CN=countersign test]");
  }
}
