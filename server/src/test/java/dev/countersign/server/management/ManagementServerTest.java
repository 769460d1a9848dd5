package dev.countersign.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.countersign.edge.PortBusyException;
import dev.countersign.server.config.ListenAddress;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementServerTest {
  private static final String NUMBERS = "# TYPE made_up counter\nmade_up 1.0\n";

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private Store store;
  private Readiness readiness;
  private ManagementServer server;

  @BeforeEach
  void start() throws Exception {
    store = SqliteStore.open(folder.resolve("test.db"));
    readiness = new Readiness(store, new TestClock());
    server = ManagementServer.start(new ListenAddress("127.0.0.1", 0), readiness, () -> NUMBERS);
    readiness.started();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    store.close();
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(
        HttpRequest.newBuilder(url).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private String get(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path);
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void isAliveAndReady() throws Exception {
    assertThat(get("/livez")).isEqualTo("200 {\"status\":\"alive\"}");
    assertThat(get("/readyz")).isEqualTo("200 {\"status\":\"ready\"}");
  }

  @Test
  void isNotReadyBeforeTheServerListens() {
    Readiness early = new Readiness(store, new TestClock());
    assertThat(early.failed()).contains(Readiness.Check.STARTING);
    early.started();
    assertThat(early.failed()).isEmpty();
  }

  @Test
  void isAliveButNotReadyWhileItDrains() throws Exception {
    readiness.drain();
    readiness.started();
    assertThat(get("/livez")).startsWith("200 ");
    assertThat(get("/readyz")).isEqualTo("503 {\"status\":\"not ready\",\"failed\":\"draining\"}");
  }

  @Test
  void isAliveButNotReadyWithoutItsStoreAndSaysSoOnce() throws Exception {
    try (CapturedLog log = CapturedLog.aside(Readiness.class.getName(), Level.INFO)) {
      store.close();
      assertThat(get("/livez")).startsWith("200 ");
      assertThat(get("/readyz")).isEqualTo("503 {\"status\":\"not ready\",\"failed\":\"store\"}");
      assertThat(get("/readyz")).startsWith("503 ");
      assertThat(log.texts()).hasSize(1);
      assertThat(log.text()).contains("WARN", "the store does not answer", "StoreException");
    }
  }

  @Test
  void givesTheNumbersInPrometheusTextFormat() throws Exception {
    HttpResponse<String> answer = send("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(NUMBERS);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/metrics/", "/livez/x", "/token", "//livez", "/livez%20"})
  void knowsNoOtherPath(String path) throws Exception {
    assertThat(get(path)).isEqualTo("404 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void knowsNoOtherMethod(String method) throws Exception {
    HttpResponse<String> answer = send(method, "/readyz");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void saysThatItsPortIsBusy() {
    ListenAddress same = new ListenAddress("127.0.0.1", server.port());
    assertThatThrownBy(() -> ManagementServer.start(same, readiness, () -> NUMBERS))
        .isInstanceOf(PortBusyException.class)
        .hasMessageContaining(String.valueOf(server.port()));
  }
}
