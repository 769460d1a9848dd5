package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.countersign.edge.PortBusyException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.TestTls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The second listener beside the first. */
class ListenersTest {
  private static final String MTLS = "mtls: {url: 'https://mtls.example.com:9443', port: %s}\n";
  private static final TestTls CLIENT = TestTls.forHost("client");

  @TempDir private static Path folder;
  private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            folder, yaml -> MTLS.formatted(0) + yaml, store -> store, ServerMetrics.to(REGISTRY));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/par", "/token", "/revoke"})
  @Requirement({"SP-5.2.2.1-2", "SP-5.2.3-1"})
  void answersClientsWithAndWithoutACertificate(String path) throws Exception {
    for (SSLContext context : new SSLContext[] {withCertificate(), server.tls().trust()}) {
      Reply reply = post(context, server.mtlsPort(), path);
      assertThat(reply.status()).as(path).isBetween(400, 401);
      assertThat(reply.error()).as(path).isNotEmpty();
      assertThat(reply.header("Strict-Transport-Security")).isPresent();
      assertThat(reply.header("Cache-Control").orElseThrow()).contains("no-store");
    }
  }

  @Test
  void answersUserinfo() throws Exception {
    Reply reply = get(withCertificate(), server.mtlsPort(), "/userinfo");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.all("WWW-Authenticate")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/authorize",
        "/login",
        "/consent",
        "/interaction",
        "/logout",
        "/my-grants",
        "/my-grants/login",
        "/my-grants/end",
        "/jwks",
        "/.well-known/openid-configuration",
        "/"
      })
  void showsNoPagesThere(String path) throws Exception {
    assertThat(get(withCertificate(), server.mtlsPort(), path).status()).as(path).isEqualTo(404);
  }

  @Test
  void asksForACertificateOnTheSecondListenerOnly() throws Exception {
    assertThat(certificateSent(server.mtlsPort())).isTrue();
    assertThat(certificateSent(server.port())).isFalse();
  }

  @Test
  void measuresEachListener() {
    for (String listener : new String[] {"main", "mtls"}) {
      assertThat(
              REGISTRY
                  .get("countersign.tls.certificate.expiry")
                  .tag("listener", listener)
                  .gauge()
                  .value())
          .isNotZero();
      assertThat(REGISTRY.get("countersign.connections").tag("listener", listener).gauge())
          .isNotNull();
    }
  }

  @Test
  void opensNeitherIfTheOtherCannotBeOpened(@TempDir Path other) throws Exception {
    int main;
    try (ServerSocket free = new ServerSocket(0)) {
      main = free.getLocalPort();
    }
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  new TestServer(
                      other,
                      yaml ->
                          MTLS.formatted(busy.getLocalPort())
                              + yaml.replace("port: 0", "port: " + main)))
          .hasCauseInstanceOf(PortBusyException.class)
          .hasMessageContaining(String.valueOf(busy.getLocalPort()));
    }
    try (ServerSocket again = new ServerSocket(main)) {
      assertThat(again.isBound()).isTrue();
    }
  }

  /**
   * Both show the same files here, and both take the new ones, each with a line in the log. By a
   * clock that goes, because the certificates of tests are good for an hour around now.
   */
  @Test
  void looksAtItsCertificatesByItself(@TempDir Path other) throws Exception {
    CountDownLatch taken = new CountDownLatch(2);
    AppenderBase<ILoggingEvent> counting =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getLevel().equals(Level.INFO)) {
              taken.countDown();
            }
          }
        };
    counting.start();
    Logger log = (Logger) LoggerFactory.getLogger(Listener.class);
    TestTls renewed = TestTls.forHost("localhost");
    try (CapturedLog _ = CapturedLog.aside(log.getName(), Level.INFO);
        TestServer first = new TestServer(other, yaml -> MTLS.formatted(0) + yaml);
        AuthorizationServer both =
            AuthorizationServer.start(
                first.config(),
                first.store(),
                first.jose(),
                InstantSource.system(),
                first.random())) {
      log.addAppender(counting);
      renewed.write(other);
      assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();
      for (int port : new int[] {both.port(), both.mtlsPort().orElseThrow()}) {
        assertThat(post(renewed.trust(), port, "/token").status()).isBetween(400, 401);
      }
    } finally {
      log.detachAppender(counting);
    }
  }

  @Test
  void endsBoth(@TempDir Path other) throws Exception {
    TestServer both = new TestServer(other, yaml -> MTLS.formatted(0) + yaml);
    int mtls = both.mtlsPort();
    int main = both.port();
    both.close();
    assertThatThrownBy(() -> post(withCertificate(), mtls, "/token"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(withCertificate(), main, "/token"))
        .isInstanceOf(IOException.class);
  }

  private static SSLContext withCertificate() {
    return CLIENT.client(TestTls.LOCALHOST.certificate());
  }

  private static boolean certificateSent(int port) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) withCertificate().getSocketFactory().createSocket("localhost", port)) {
      socket.startHandshake();
      return socket.getSession().getLocalCertificates() != null;
    }
  }

  private static Reply post(SSLContext context, int port, String path) throws Exception {
    return send(
        context,
        request(port, path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("client_id=nobody")));
  }

  private static Reply get(SSLContext context, int port, String path) throws Exception {
    return send(context, request(port, path));
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(
        URI.create("https://localhost:" + port + TestServer.ISSUER.uri().getPath() + path));
  }

  private static Reply send(SSLContext context, HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return new Reply(client.send(request.build(), BodyHandlers.ofByteArray()));
    }
  }
}
