package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.CapturedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Greps everything that is logged during a journey for every secret in it. */
class SecretsInLogsTest {

  @Test
  void noLevelPrintsASecret(@TempDir Path folder) {
    List<String> secrets;
    String all;
    try (TestServer server = new TestServer(folder);
        CapturedLog log = CapturedLog.aside("dev.countersign", Level.TRACE);
        // The test server keeps these lines to itself, away from the logger above.
        CapturedLog requests = CapturedLog.of("dev.countersign.server.request", Level.TRACE)) {
      secrets = journey(server);
      all = log.text() + requests.text();
    }
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
}
