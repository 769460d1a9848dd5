package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpsFetcherTest {

  private static final int MAX_BYTES = 100;

  private final ScriptedServer server = new ScriptedServer();
  private final HttpClient client =
      StrictTls.httpClient(TestTls.LOCALHOST.trust(), Duration.ofSeconds(10));
  private final HttpsFetcher fetcher = new HttpsFetcher(client, Duration.ofSeconds(10), MAX_BYTES);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheObjectBack() throws RemoteException, Exception {
    server.on("/doc", r -> Reply.text(200, "{\"a\":\"b\"}"));
    assertThat(fetcher.json(server.uri("/doc")).string("a")).contains("b");
  }

  @Test
  @Requirement("SP-5.2.1-1")
  void sendsNothingOverPlainHttp() {
    assertThat(failure(URI.create("http://localhost:1/doc"))).isEqualTo(Kind.INSECURE_URL);
  }

  @Test
  void refusesAUrlWithAUser() {
    assertThat(failure(URI.create("https://user@localhost/doc"))).isEqualTo(Kind.INSECURE_URL);
  }

  @Test
  void doesNotFollowARedirect() {
    server.on("/doc", r -> Reply.text(302, "").with("Location", server.uri("/other").toString()));
    server.on("/other", r -> Reply.text(200, "{}"));
    assertThat(failure(server.uri("/doc"))).isEqualTo(Kind.STATUS);
    assertThat(server.received("/other")).isEmpty();
  }

  @Test
  void takesStatus200Only() {
    server.on("/doc", r -> Reply.text(201, "{}"));
    assertThat(failure(server.uri("/doc"))).isEqualTo(Kind.STATUS);
  }

  @Test
  void takesADocumentOfExactlyTheBound() throws RemoteException {
    server.on("/doc", r -> Reply.text(200, filled(MAX_BYTES)));
    assertThat(fetcher.json(server.uri("/doc")).names()).containsExactly("a");
  }

  @Test
  void refusesADocumentOneByteOverTheBound() {
    server.on("/doc", r -> Reply.text(200, filled(MAX_BYTES + 1)));
    assertThat(failure(server.uri("/doc"))).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void refusesAnythingButOneJsonObject() {
    for (String body : new String[] {"", "[]", "{} {}", "{\"a\":1,\"a\":1}", "<html>"}) {
      server.on("/doc", r -> Reply.text(200, body));
      assertThat(failure(server.uri("/doc"))).as(body).isEqualTo(Kind.CONTENT);
    }
  }

  @Test
  void endsWhenTheBodyStalls() {
    HttpsFetcher impatient = new HttpsFetcher(client, Duration.ofMillis(700), MAX_BYTES);
    server.on("/doc", r -> Reply.text(200, "{\"a\":").stalled());
    RemoteException failure =
        catchThrowableOfType(RemoteException.class, () -> impatient.json(server.uri("/doc")));
    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void saysWhenNobodyListens() {
    URI gone = server.uri("/doc");
    server.close();
    assertThat(failure(gone)).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void namesThePlaceButNotItsQuery() {
    assertThatThrownBy(() -> fetcher.json(server.uri("/doc?code=secret")))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("/doc")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesAnHttpClientThatFollowsRedirects() {
    HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    assertThatThrownBy(() -> new HttpsFetcher(follower, Duration.ofSeconds(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String filled(int bytes) {
    String frame = "{\"a\":\"\"}";
    return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
  }

  private Kind failure(URI place) {
    return catchThrowableOfType(RemoteException.class, () -> fetcher.json(place)).kind();
  }
}
