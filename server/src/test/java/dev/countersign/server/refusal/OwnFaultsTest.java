package dev.countersign.server.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.StoreException;
import dev.countersign.testkit.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees when something on our side breaks. */
class OwnFaultsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static HttpResponse answer(Endpoint endpoint) {
    return answer(endpoint, new JsonErrors());
  }

  private static HttpResponse answer(Endpoint endpoint, RefusalWriter writer) {
    Route route = new Route("broken", Set.of("GET"), "/x", endpoint, writer, AlwaysHeaders.none());
    return new RequestEdge(List.of(route), InstantSource.fixed(NOW), new SecureRandom())
        .handle(
            new HttpRequest("GET", "/x", Optional.empty(), Headers.NONE, new byte[0], "127.0.0.1"));
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  @Requirement({"OA-1"})
  void anUnexpectedExceptionIsAServerErrorWithoutAWordOfIt() {
    HttpResponse response =
        answer(
            (request, now, log) -> {
              throw new IllegalStateException("the secret inside");
            });
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).contains("server_error").doesNotContain("secret");
    assertThat(response.all("x-fapi-interaction-id")).hasSize(1);
  }

  @Test
  @Requirement({"OA-1"})
  void aStoreThatCannotAnswerIsTemporarilyUnavailable() {
    HttpResponse response =
        answer(
            (request, now, log) -> {
              throw new StoreException("disk full at /var/secret");
            });
    assertThat(response.status()).isEqualTo(503);
    assertThat(text(response)).contains("temporarily_unavailable").doesNotContain("disk");
  }

  @Test
  void theLogNamesWhatBrokeAndWhereButNotWhatItSaid() {
    try (CapturedLog log = CapturedLog.aside("dev.countersign", Level.TRACE)) {
      answer(
          (request, now, requestLog) -> {
            throw new StoreException("s3cr3t", new IllegalStateException("s3cr3t"));
          });
      answer(
          (request, now, requestLog) -> {
            throw new NumberFormatException("For input string: s3cr3t");
          });
      assertThat(log.texts()).hasSize(2);
      assertThat(log.text())
          .contains("ERROR", "StoreException at ", "caused by java.lang.IllegalStateException at ")
          .contains("NumberFormatException at ", "OwnFaultsTest", "rule=OA-1")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void anErrorPageThatBreaksIsABareServerError() {
    HttpResponse response =
        answer(
            (request, now, log) -> {
              throw new StoreException("gone");
            },
            (refusal, request, id) -> {
              throw new IllegalStateException("no template");
            });
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).isEmpty();
    assertThat(response.all("Strict-Transport-Security")).hasSize(1);
  }

  @Test
  void aStoreThatIsGoneIssuesNothing(@TempDir Path folder) {
    try (TestServer server = new TestServer(folder)) {
      String proof = server.app().proof("POST", server.url("/token"));
      server.store().close();
      Reply push = server.app().push(server.app().authorizationRequest());
      assertThat(push.outcome()).isEqualTo("503 temporarily_unavailable");
      assertThat(push.header("Cache-Control").orElseThrow()).contains("no-store");
      Reply token = server.machine().token(Params.of("grant_type", "client_credentials"), proof);
      assertThat(token.outcome()).isEqualTo("503 temporarily_unavailable");
    }
  }
}
