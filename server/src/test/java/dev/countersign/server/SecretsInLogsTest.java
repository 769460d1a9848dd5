package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Greps everything that is logged during a journey for every secret in it. */
class SecretsInLogsTest {

  @Test
  void noLevelPrintsASecret(@TempDir Path folder) {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger ours = (Logger) LoggerFactory.getLogger("dev.countersign");
    // The test server keeps these lines from the console, and so from the logger above.
    Logger requests = (Logger) LoggerFactory.getLogger("dev.countersign.server.request");
    Level before = ours.getLevel();
    List<String> secrets;
    try (TestServer server = new TestServer(folder)) {
      ours.addAppender(log);
      ours.setLevel(Level.TRACE);
      requests.addAppender(log);
      secrets = journey(server);
    } finally {
      requests.detachAppender(log);
      ours.detachAppender(log);
      ours.setLevel(before);
    }
    String all = log.list.stream().map(SecretsInLogsTest::text).collect(Collectors.joining("\n"));
    assertThat(all).contains("endpoint", "invalid_grant");
    for (String secret : secrets) {
      assertThat(all).doesNotContain(secret);
      assertThat(all).doesNotContain(secret.substring(0, Math.min(20, secret.length())));
    }
  }

  private static List<String> journey(TestServer server) {
    TestClient app = server.app();
    List<String> secrets = new ArrayList<>();
    String assertion = app.assertion();
    Params push = app.authorizationRequest().and(app.authenticatedBy(assertion));
    String requestUri = app.post("/par", push, List.of()).string("request_uri");
    String code = server.approve(requestUri).reveal();
    Reply tokens = app.token(app.codeRequest(code));
    String refreshToken = tokens.string("refresh_token");
    app.token(app.refreshRequest(refreshToken));
    app.userinfo(tokens.string("access_token"));
    app.userinfo("GET", "Bearer " + tokens.string("access_token"));
    app.token(app.codeRequest(code).with("code_verifier", "secret-verifier".repeat(3)));
    app.token(app.codeRequest(code));
    app.token(app.refreshRequest(refreshToken));
    app.post("/par", push.without("client_id"), List.of());
    app.token(
        Params.of("grant_type", "password", "username", "anna", "password", "tell-nobody-of-it"));
    secrets.add(signature(assertion));
    secrets.add(requestUri.substring("urn:ietf:params:oauth:request_uri:".length()));
    secrets.add(code);
    secrets.add(refreshToken);
    secrets.add(signature(tokens.string("access_token")));
    secrets.add(signature(tokens.string("id_token")));
    secrets.add(TestClient.VERIFIER);
    secrets.add("secret-verifier");
    secrets.add("tell-nobody-of-it");
    return secrets;
  }

  private static String signature(String jwt) {
    return jwt.substring(jwt.lastIndexOf('.') + 1);
  }

  private static String text(ILoggingEvent event) {
    String cause = event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage();
    return event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + cause;
  }
}
