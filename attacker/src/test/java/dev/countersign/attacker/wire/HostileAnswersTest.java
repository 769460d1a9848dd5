package dev.countersign.attacker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server says that wants to be misunderstood, or to last for ever. */
@Timeout(60)
class HostileAnswersTest {
  private static final String HEAD = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n";
  private static final int MIB = 1024 * 1024;

  private final List<Exchange> heard = new ArrayList<>();

  private Answer get(Wire wire, URI to) throws IOException {
    return wire.line(heard::add)
        .send(new Outgoing(Move.OTHER, "GET", to, List.of(), new byte[0], Optional.empty()));
  }

  private Answer raw(Wire wire, URI to) throws IOException {
    byte[] request = Line.latin1("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return wire.line(heard::add).raw(Move.OTHER, to, request, Optional.empty());
  }

  private static Answer get(URI to) throws IOException {
    try (Wire wire = Targets.allowing(to).wire()) {
      return new HostileAnswersTest().get(wire, to);
    }
  }

  /** A byte, ever again, until the peer has enough. */
  private static void drip(OutputStream out) throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    out.write(Line.latin1(HEAD + "Content-Length: 100000\r\n\r\n"));
    try {
      while (!never.await(20, TimeUnit.MILLISECONDS)) {
        out.write(' ');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void keepsStatusAndFieldsOfAContentThatIsTooLong() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on("/", _ -> Reply.text(403, "x".repeat(2 * MIB)).with("X-A", "b"));
      Answer answer = get(server.uri("/"));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("X-A")).contains("b");
      assertThat(answer.body()).hasSize(MIB);
      assertThat(answer.isCut()).isTrue();
      assertThat(answer.closed()).isEmpty();
    }
  }

  @Test
  void keepsAllOfAContentThatIsNot() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on("/", _ -> Reply.text(403, "x".repeat(MIB - 1)));
      Answer answer = get(server.uri("/"));

      assertThat(answer.body()).hasSize(MIB - 1);
      assertThat(answer.isCut()).isFalse();
    }
  }

  @Test
  void aContentThatNeverEndsIsLate() throws IOException {
    try (RawServer server = RawServer.tls(HostileAnswersTest::drip);
        Wire wire = Targets.allowing(server.url()).timeout(Duration.ofSeconds(2)).wire()) {
      assertThatThrownBy(() -> get(wire, server.url()))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("in time");
      assertThat(heard).hasSize(1);
    }
  }

  @Test
  void ofARawAnswerThatNeverEndsIsKeptWhatCameInTime() throws IOException {
    try (RawServer server = RawServer.tls(HostileAnswersTest::drip);
        Wire wire = Targets.allowing(server.url()).timeout(Duration.ofSeconds(2)).wire()) {
      assertThat(raw(wire, server.url()).status()).isEqualTo(400);
    }
  }

  @Test
  void nothingIsKnownOfAServerThatSaysNothingInTime() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    RawServer.Script silence =
        _ -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (RawServer server = RawServer.tls(silence);
        Wire wire = Targets.allowing(server.url()).timeout(Duration.ofSeconds(2)).wire()) {
      assertThatThrownBy(() -> get(wire, server.url())).isInstanceOf(NoAnswerException.class);
      assertThatThrownBy(() -> raw(wire, server.url())).isInstanceOf(NoAnswerException.class);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNone() throws IOException {
    try (RawServer server = RawServer.tls(HEAD + "Content-Length: 100\r\n\r\nabc")) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("broke off");
    }
  }

  @Test
  void whoClosesWithoutAWordHasClosed() throws IOException {
    try (RawServer server = RawServer.tls("");
        Wire wire = Targets.allowing(server.url()).wire()) {
      assertThat(get(wire, server.url()).closed()).isPresent();
      assertThat(raw(wire, server.url()).closed()).isPresent();
    }
  }

  @Test
  void whatIsNotHttpIsNoAnswer() throws IOException {
    try (RawServer server = RawServer.tls("220 smtp.example ESMTP\r\n\r\n")) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("not HTTP");
    }
  }

  @Test
  void whomTheTargetDoesNotTrustGivesNoAnswerAndTheKeyIsNamed() throws IOException {
    try (RawServer server = RawServer.tls(HEAD + "\r\n");
        Wire wire =
            Targets.allowing(server.url())
                .trusting(TestTls.forHost("localhost").certificate())
                .wire()) {
      assertThatThrownBy(() -> get(wire, server.url()))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("key trust");
      assertThatThrownBy(() -> raw(wire, server.url()))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("key trust");
    }
  }

  @Test
  void nothingIsSentInClearButRawBytes() throws IOException {
    try (RawServer server = RawServer.plain("HTTP/1.1 204 No Content\r\n\r\n");
        Wire wire = Targets.allowing(server.url()).wire()) {
      assertThatThrownBy(() -> get(wire, server.url()))
          .isInstanceOf(OutOfBoundsException.class)
          .hasMessageContaining("not https");
      assertThat(wire.sent()).isZero();
      byte[] request = Line.latin1("GET / HTTP/1.1\r\n\r\n");
      assertThat(wire.line(heard::add).rawPlain(Move.OTHER, server.url(), request).status())
          .isEqualTo(204);
    }
  }

  @Test
  void ofManyFieldsAReportKeepsAFew() throws IOException {
    StringBuilder fields = new StringBuilder(HEAD);
    for (int i = 0; i < 2200; i++) {
      fields.append("X-").append(i).append(": ").append("a".repeat(100)).append("\r\n");
    }
    try (RawServer server = RawServer.tls(fields + "\r\n");
        Wire wire = Targets.allowing(server.url()).wire()) {
      assertThat(get(wire, server.url()).status()).isEqualTo(400);
      assertThat(heard.getFirst().responseFields()).hasSizeLessThanOrEqualTo(101);
      assertThat(heard.getFirst().size()).isLessThan(20_000);
      assertThat(heard.getFirst().responseFields().getLast().getValue()).endsWith("more");
    }
  }

  @Test
  void ofFewFieldsItKeepsAll() throws IOException {
    try (RawServer server = RawServer.tls(HEAD + "X-A: b\r\n\r\n");
        Wire wire = Targets.allowing(server.url()).wire()) {
      get(wire, server.url());

      assertThat(heard.getFirst().responseFields()).hasSize(2);
    }
  }
}
