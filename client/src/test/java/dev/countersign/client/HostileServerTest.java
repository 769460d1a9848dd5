package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What an authorization server of the attacker tries with a client that also uses an honest one.
 */
class HostileServerTest {

  private final TestClock clock = new TestClock();
  private final ScriptedAs honest = new ScriptedAs(clock);
  private final ScriptedAs hostile = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient atHonest = honest.client().build();
  private final FapiClient atHostile = hostile.client().build();

  @AfterEach
  void stop() {
    honest.close();
    hostile.close();
  }

  @Test
  @Requirement({"ATT-03", "ATT-01", "SP-5.3.3.2-5"})
  void getsNoCodeOfTheHonestOneByNamingItsAuthorizationEndpoint() throws Exception {
    hostile.publish(Map.of("authorization_endpoint", honest.server.uri("/as/authorize") + ""));
    AuthorizationUrl url =
        atHostile.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    String state = hostile.pushedFor(url).required("state");
    String answer =
        Form.builder()
            .add("code", "code-of-the-honest-one")
            .add("state", state)
            .add("iss", honest.issuer.value())
            .build()
            .encode();
    assertThatThrownBy(() -> atHostile.callback(session, answer))
        .isInstanceOf(ProtocolViolation.class);
    assertThat(hostile.server.received(ScriptedAs.TOKEN)).isEmpty();
  }

  @Test
  @Requirement({"ATT-30", "SP-5.3.3.1-5"})
  void getsNoAssertionForTheHonestOneByNamingItsTokenEndpoint() throws Exception {
    hostile.publish(Map.of("token_endpoint", honest.server.uri(ScriptedAs.TOKEN) + ""));
    atHostile.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    String assertion =
        hostile.server.received(ScriptedAs.PAR).getLast().form().required("client_assertion");
    assertThat(ScriptedAs.claimsOf(assertion).string("aud")).contains(hostile.issuer.value());
  }

  @Test
  @Requirement({"ATT-41", "SP-6.3"})
  void getsNoProofForATokenThatIsBoundToTheKeyOfTheHonestOne() throws Exception {
    Tokens stolen = atHonest.clientCredentials(Scope.NONE, List.of());
    String token = stolen.accessToken().reveal();
    hostile.nextToken(r -> hostile.tokens(r, Map.of("access_token", token), Map.of()));
    Tokens injected = atHostile.clientCredentials(Scope.NONE, List.of());
    try (ScriptedServer rs = new ScriptedServer()) {
      rs.on("/accounts", r -> Reply.text(401, ""));
      atHostile.call(injected, ResourceRequest.get(rs.uri("/accounts")));
      var proof =
          ScriptedAs.proofOf(
              rs.received("/accounts").getLast(),
              rs.uri("/accounts"),
              Optional.of(stolen.accessToken()),
              clock);
      assertThat(proof.jkt())
          .isEqualTo(atHostile.dpopJkt().orElseThrow())
          .isNotEqualTo(atHonest.dpopJkt().orElseThrow());
    }
  }
}
