package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.countersign.protocol.http.Form;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {

  private final ScriptedAs as = new ScriptedAs(new TestClock());
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();
  private final CapturedLog log = CapturedLog.aside("dev.countersign", Level.TRACE);
  private List<Tokens> issued = List.of();

  @BeforeEach
  void runAFlow() throws ClientException {
    as.nextToken(r -> ScriptedAs.useNonce("n1"));
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    Form agreed = as.agree(url);
    Tokens first = client.callback(session, agreed.encode());
    issued = List.of(first, client.refresh(first));
    client.userinfo(first);
  }

  @AfterEach
  void stop() {
    log.close();
    as.close();
  }

  @Test
  @Requirement("IA-2.2.1-3")
  void namesTheInteractionOfEachRequest() {
    List<String> entries =
        log.events().stream()
            .map(ILoggingEvent::getFormattedMessage)
            .filter(line -> line.startsWith("method="))
            .toList();
    List<Received> marked =
        as.server.received().stream()
            .filter(r -> r.headers().first("x-fapi-interaction-id").isPresent())
            .toList();
    assertThat(entries).hasSize(marked.size());
    for (int i = 0; i < marked.size(); i++) {
      assertThat(entries.get(i))
          .contains(marked.get(i).headers().first("x-fapi-interaction-id").orElseThrow());
    }
  }

  @Test
  void holdsNoSecret() {
    List<String> secrets = new ArrayList<>(List.of(session.reveal(), session.startToken()));
    for (Received request : as.server.received()) {
      for (String name : List.of("client_assertion", "code", "code_verifier", "state", "nonce")) {
        request.form().value(name).ifPresent(secrets::add);
      }
      secrets.addAll(request.headers().all("DPoP"));
    }
    for (Tokens tokens : issued) {
      secrets.add(tokens.accessToken().reveal());
      secrets.add(tokens.refreshToken().orElseThrow().reveal());
    }
    assertThat(secrets).hasSizeGreaterThan(15);
    assertThat(log.text()).isNotEmpty().doesNotContain(secrets);
  }
}
