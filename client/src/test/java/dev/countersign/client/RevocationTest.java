package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Requirement({"RV-1"})
class RevocationTest {

  private final ScriptedAs as = new ScriptedAs(new TestClock());
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  private Tokens logIn() throws ClientException {
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    return client.callback(session, as.agree(url).encode());
  }

  private Received lastCall() {
    return as.server.received(ScriptedAs.REVOKE).getLast();
  }

  @Test
  @Requirement({"RV-2", "CA-1", "IA-2.2.1-1", "IA-2.2.2-1"})
  void endsTheRefreshTokenWithClientAuthentication() throws Exception {
    Tokens tokens = logIn();
    client.revoke(tokens);
    Form sent = lastCall().form();
    assertThat(lastCall().method()).isEqualTo("POST");
    assertThat(sent.value("token")).contains(tokens.refreshToken().orElseThrow().reveal());
    assertThat(sent.value("token_type_hint")).contains("refresh_token");
    assertThat(sent.has("client_assertion")).isTrue();
    assertThat(lastCall().headers().all("dpop")).isEmpty();
    assertThat(lastCall().headers().all("x-fapi-interaction-id"))
        .containsExactly(tokens.interactionId().value());
    assertThat(lastCall().headers().all("x-fapi-end-user-present")).containsExactly("false");
    client.revoke(tokens, new EndUserPresent(true));
    assertThat(lastCall().headers().all("x-fapi-end-user-present")).containsExactly("true");
  }

  @Test
  @Requirement({"RV-2"})
  void endsTheAccessTokenWhereThereIsNoOther() throws Exception {
    Tokens own = client.clientCredentials(Scope.NONE, List.of());
    client.revoke(own);
    assertThat(lastCall().form().value("token")).contains(own.accessToken().reveal());
    assertThat(lastCall().form().value("token_type_hint")).contains("access_token");
  }

  @Test
  void ignoresWhatASuccessHolds() throws Exception {
    Tokens tokens = logIn();
    for (String body : List.of("", "{}", "fine", "[")) {
      as.nextRevoke(r -> Reply.text(200, body));
      client.revoke(tokens);
    }
    assertThat(as.server.received(ScriptedAs.REVOKE)).hasSize(4);
  }

  @Test
  void tellsThatTheTokenHasNotEnded() throws Exception {
    Tokens tokens = logIn();
    as.nextRevoke(r -> ScriptedAs.error(400, "unsupported_token_type", "not this one"));
    assertThatThrownBy(() -> client.revoke(tokens))
        .isInstanceOfSatisfying(
            ServerRefused.class,
            refused -> {
              assertThat(refused.error()).contains("unsupported_token_type");
              assertThat(refused.interactionId()).isEqualTo(tokens.interactionId());
              assertThat(refused).hasMessageContaining("revocation_endpoint answered 400");
            });
    for (int status : List.of(201, 204, 302, 503)) {
      as.nextRevoke(r -> Reply.text(status, ""));
      assertThatThrownBy(() -> client.revoke(tokens))
          .isInstanceOfSatisfying(
              ServerRefused.class, refused -> assertThat(refused.status()).isEqualTo(status));
    }
  }

  @Test
  void needsARevocationEndpoint() throws Exception {
    as.publish(Map.of("revocation_endpoint", ""));
    Tokens tokens = logIn();
    assertThatThrownBy(() -> client.revoke(tokens))
        .isInstanceOf(MetadataFault.class)
        .hasMessageContaining("revocation_endpoint");
  }

  @Test
  @Requirement({"SP-6.3"})
  void sendsNoTokenOfAnotherIssuer() throws Exception {
    Tokens tokens = logIn();
    Tokens foreign =
        new Tokens(
            new Issuer("https://other.example"),
            tokens.accessToken(),
            tokens.expiresAt(),
            tokens.refreshToken(),
            tokens.scope(),
            tokens.idToken(),
            tokens.authorizationDetails(),
            tokens.grantId(),
            tokens.interactionId());
    assertThatThrownBy(() -> client.revoke(foreign)).isInstanceOf(IllegalArgumentException.class);
    assertThat(as.server.received(ScriptedAs.REVOKE)).isEmpty();
  }
}
