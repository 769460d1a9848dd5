package dev.countersign.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Greps all that is logged and all that is stored of a browser's way for every secret of it. */
@Requirement({"A7-14"})
class BrowserSecretsTest {
  private static final String WRONG = "wrong-but-nearly-right";

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<byte[]> files = new ArrayList<>();

  @Test
  void neitherALogNorTheStoreHoldsASecretInClear(@TempDir Path folder) throws IOException {
    String log = run(folder);
    assertThat(secrets).hasSize(12);
    assertThat(log).contains("endpoint", "authorize", "login", "consent");
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      String start = secret.getValue().substring(0, Math.min(16, secret.getValue().length()));
      assertThat(log).as(secret.getKey()).doesNotContain(start);
      for (byte[] file : files) {
        String text = new String(file, ISO_8859_1);
        String inBytes = new String(start.getBytes(UTF_8), ISO_8859_1);
        assertThat(text).as(secret.getKey()).doesNotContain(inBytes);
      }
    }
    // What is no secret is there: it was the right files that were looked at.
    String all =
        files.stream().map(file -> new String(file, ISO_8859_1)).collect(Collectors.joining());
    assertThat(all).contains("u-anna", "some-state", "app.example.com%2Fcallback");
  }

  /** All that any logger says on the way: ours at every level, the others at INFO. */
  private String run(Path folder) {
    try (CapturedLog all = CapturedLog.of(Logger.ROOT_LOGGER_NAME, Level.INFO);
        CapturedLog ours = CapturedLog.of("dev.countersign", Level.TRACE);
        TestServer server = new TestServer(folder, People::in);
        // The test server keeps these lines from the loggers above.
        CapturedLog requests = CapturedLog.of("dev.countersign.server.request", Level.TRACE)) {
      journey(server);
      read(folder);
      server.store().close();
      read(folder);
      return all.text() + ours.text() + requests.text();
    }
  }

  private void journey(TestServer server) {
    Browser browser = new Browser(server);
    String requestUri = requestUri(server);
    Shown login = browser.open(requestUri);
    browser.logIn(login, People.ANNA, WRONG);
    browser.logIn(login, WRONG + "-name", WRONG);
    Shown consent = browser.loggedIn(login);
    secrets.put("request_uri", requestUri.substring(requestUri.lastIndexOf(':') + 1));
    secrets.put("interaction", login.fields().get("interaction"));
    secrets.put("token of the login form", login.fields().get("token"));
    secrets.put("token of the consent form", consent.fields().get("token"));
    secrets.put("browser key", browser.cookie(Browser.KEY));
    secrets.put("session", browser.cookie(Browser.SESSION));
    secrets.put("password", People.ANNAS_PASSWORD);
    secrets.put("wrong password", WRONG);
    Params twice = consent.pressed("allow").and("interaction", "x");
    browser.post(consent.action(), twice);
    new Browser(server).show(consent.url());
    secrets.put("code", Callback.of(browser.press(consent, "allow")).get("code"));
    browser.press(consent, "allow");
    browser.open(requestUri(server));
    undecided(server, browser);
    Reply tokens = server.app().token(server.app().codeRequest(secrets.get("code")));
    secrets.put("refresh token", tokens.string("refresh_token"));
  }

  /** What is still open when the server stops. */
  private void undecided(TestServer server, Browser browser) {
    String requestUri = requestUri(server);
    secrets.put("open request_uri", requestUri.substring(requestUri.lastIndexOf(':') + 1));
    secrets.put("open interaction", browser.open(requestUri).fields().get("interaction"));
  }

  private static String requestUri(TestServer server) {
    // Each is asked for, though the same was allowed before.
    Params request = server.app().authorizationRequest().with("prompt", "consent");
    return server.app().push(request).string("request_uri");
  }

  /** The database with all that lies beside it. */
  private void read(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(path -> path.toString().contains("test.db")).toList()) {
        files.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
