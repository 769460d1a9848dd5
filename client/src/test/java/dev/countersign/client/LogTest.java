package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.client.ScriptedServer.Received;
import dev.countersign.protocol.http.Form;
import dev.countersign.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogTest {

  private final ScriptedAs as = new ScriptedAs(new TestClock());
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.countersign");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private List<Tokens> issued = List.of();

  @BeforeEach
  void runAFlow() throws ClientException {
    logger.setLevel(Level.TRACE);
    lines.start();
    logger.addAppender(lines);
    as.nextToken(r -> ScriptedAs.useNonce("n1"));
    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), FlowRequest.of("openid"));
    Form agreed = as.agree(url);
    Tokens first = client.callback(session, agreed.encode());
    issued = List.of(first, client.refresh(first));
    client.userinfo(first);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setLevel(null);
    as.close();
  }

  private String logged() {
    return lines.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .collect(Collectors.joining("\n"));
  }

  @Test
  @Requirement("IA-2.2.1-3")
  void namesTheInteractionOfEachRequest() {
    List<String> entries = logged().lines().filter(line -> line.startsWith("method=")).toList();
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
    assertThat(logged()).isNotEmpty().doesNotContain(secrets);
  }
}
