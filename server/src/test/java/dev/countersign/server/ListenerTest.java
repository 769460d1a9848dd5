package dev.countersign.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.server.config.TlsFiles;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while somebody is connected. */
class ListenerTest {
  private static final TestTls OLD = TestTls.forHost("localhost");
  private static final TestTls NEW = TestTls.forHost("localhost");

  @TempDir private Path folder;

  private final CapturedLog log = CapturedLog.aside(Listener.class.getName(), Level.INFO);
  private Listener listener;
  private SSLSocket before;

  @BeforeEach
  void start() throws Exception {
    OLD.write(folder);
    TlsFiles files = new TlsFiles(folder.resolve("server.pem"), folder.resolve("server-key.pem"));
    listener =
        Listener.start(
            "main", files, HttpsServer.builder().handler(request -> HttpResponse.empty(204)));
    before = connect(OLD);
  }

  @AfterEach
  void stop() throws Exception {
    before.close();
    listener.close();
    log.close();
  }

  @Test
  void showsTheNewCertificateAndKeepsConnections() throws Exception {
    assertThat(ask(before)).isEqualTo("HTTP/1.1 204 No Content");
    NEW.write(folder);
    listener.look(Instant.now());
    assertThat(ask(before)).isEqualTo("HTTP/1.1 204 No Content");
    assertThat(shownNow()).isEqualTo(NEW.certificate());
    assertThat(listener.notAfter()).isEqualTo(NEW.certificate().getNotAfter().toInstant());
    assertThat(logged()).hasSize(1).first().asString().contains("main", "new certificate");
  }

  @Test
  void refusesAPairThatDoesNotFitOnceAndTakesItWhenItDoes() throws Exception {
    Path key = folder.resolve("server-key.pem");
    String oldKey = Files.readString(key);
    NEW.write(folder);
    String newKey = Files.readString(key);
    Files.writeString(key, oldKey);
    listener.look(Instant.now());
    listener.look(Instant.now());
    assertThat(shownNow()).isEqualTo(OLD.certificate());
    assertThat(listener.notAfter()).isEqualTo(OLD.certificate().getNotAfter().toInstant());
    assertThat(logged()).hasSize(1).first().asString().contains("old certificate stays");
    Files.writeString(key, newKey);
    listener.look(Instant.now());
    assertThat(shownNow()).isEqualTo(NEW.certificate());
    assertThat(ask(before)).isEqualTo("HTTP/1.1 204 No Content");
  }

  @Test
  void staysWithTheOldOneIfTheNewCannotBeRead() throws Exception {
    Path certificate = folder.resolve("server.pem");
    Files.writeString(certificate, "no certificate");
    listener.look(Instant.now());
    Files.delete(certificate);
    listener.look(Instant.now());
    assertThat(shownNow()).isEqualTo(OLD.certificate());
    assertThat(logged()).hasSize(2).allMatch(line -> line.contains("old certificate stays"));
  }

  @Test
  void refusesOneThatIsNotValidNow() throws Exception {
    NEW.write(folder);
    listener.look(NEW.certificate().getNotAfter().toInstant().plusSeconds(1));
    assertThat(shownNow()).isEqualTo(OLD.certificate());
    assertThat(logged()).hasSize(1).first().asString().contains("not valid now");
  }

  @Test
  void saysNothingWhileNothingChanges() throws Exception {
    listener.look(Instant.now());
    OLD.write(folder);
    listener.look(Instant.now());
    assertThat(logged()).isEmpty();
  }

  /** Each look asks what time it is; a broken one does not end the looking. */
  @Test
  void looksAgainAndAgain() throws Exception {
    CountDownLatch looks = new CountDownLatch(3);
    InstantSource clock =
        () -> {
          looks.countDown();
          throw new IllegalStateException("broken, for instance");
        };
    try (CapturedLog broken = CapturedLog.aside(CertificateWatch.class.getName(), Level.ERROR);
        CertificateWatch watch =
            new CertificateWatch(List.of(listener), clock, Duration.ofMillis(1))) {
      watch.start();
      assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(broken.text()).contains("listener main does not look at its certificate");
    }
  }

  private List<String> logged() {
    return log.texts();
  }

  private Certificate shownNow() throws IOException {
    for (TestTls candidate : List.of(OLD, NEW)) {
      try (SSLSocket socket = connect(candidate)) {
        ask(socket);
        return socket.getSession().getPeerCertificates()[0];
      } catch (SSLHandshakeException _) {
        // Not this one: the client trusts nobody else.
      }
    }
    throw new AssertionError("neither");
  }

  private SSLSocket connect(TestTls trusted) throws IOException {
    SSLSocket socket =
        (SSLSocket) trusted.trust().getSocketFactory().createSocket("localhost", listener.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String ask(SSLSocket socket) throws IOException {
    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the connection is open").isNotNegative();
      head.append((char) next);
    }
    return head.substring(0, head.indexOf("\r\n"));
  }
}
