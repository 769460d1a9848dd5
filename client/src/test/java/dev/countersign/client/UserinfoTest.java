package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserinfoTest {

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

  @Test
  @Requirement("OA-12")
  void tellsAboutThePersonOfTheIdToken() throws Exception {
    UserInfo info = client.userinfo(logIn());
    assertThat(info.sub().value()).isEqualTo("alice");
    assertThat(info.claims().string("name")).contains("Alice");
    assertThat(info).hasToString("UserInfo");
  }

  @Test
  @Requirement("OA-12")
  void discardsWhatIsAboutSomebodyElseOrNobody() throws Exception {
    Tokens tokens = logIn();
    for (String body : List.of("{\"sub\":\"bob\"}", "{}", "{\"sub\":1}")) {
      as.server.on(ScriptedAs.USERINFO, r -> Reply.text(200, body));
      assertThatThrownBy(() -> client.userinfo(tokens))
          .as(body)
          .isInstanceOf(ProtocolViolation.class);
    }
  }

  @Test
  void tellsWhyItWasRefused() throws Exception {
    Tokens tokens = logIn();
    as.server.on(
        ScriptedAs.USERINFO,
        r ->
            Reply.text(403, "")
                .with("WWW-Authenticate", "DPoP error=\"insufficient_scope\", algs=\"ES256\""));
    assertThatThrownBy(() -> client.userinfo(tokens))
        .isInstanceOfSatisfying(
            ServerRefused.class,
            refused -> assertThat(refused.error()).contains("insufficient_scope"));
  }

  @Test
  void needsAnIdToken() throws Exception {
    Tokens own = client.clientCredentials(Scope.NONE, List.of());
    assertThatThrownBy(() -> client.userinfo(own)).isInstanceOf(IllegalArgumentException.class);
  }
}
