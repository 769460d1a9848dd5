package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes, and those who are still there. */
@Timeout(30)
class DrainTest {
  private static final String GET = "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n";

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** Answers at once, but for {@code /slow}. */
  private HttpResponse answer(HttpRequest request) throws InterruptedException {
    if (request.path().equals("/slow")) {
      begun.countDown();
      go.await();
    }
    return HttpResponse.empty(204);
  }

  @Test
  void letsARequestEndAndTakesNoNewConnection() throws Exception {
    try (Served served = Served.by(this::answer);
        SSLSocket idle = served.tls();
        SSLSocket busy = served.tls()) {
      send(idle, "");
      assertThat(new String(idle.getInputStream().readNBytes(13), ISO_8859_1))
          .isEqualTo("HTTP/1.1 204 ");
      send(busy, "slow");
      begun.await();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(served::stop);
      // What is idle goes first; then, if not before, the port is closed.
      assertThat(Served.readAll(idle.getInputStream())).doesNotContain("HTTP");
      assertThatThrownBy(served::plain).isInstanceOf(ConnectException.class);
      assertThat(stopping).isNotDone();
      go.countDown();
      assertThat(Served.readAll(busy.getInputStream()))
          .startsWith("HTTP/1.1 204 ")
          .contains("Connection: close\r\n");
      stopping.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void tellsHttp2ClientsToGoAndLetsTheirStreamsEnd() throws Exception {
    try (Served served = Served.by(this::answer);
        RawHttp2 connection = RawHttp2.to(served);
        RawHttp2 other = RawHttp2.to(served)) {
      other.next(RawHttp2.SETTINGS);
      connection.get(1, "/slow");
      begun.await();
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(served::stop);
      connection.next(RawHttp2.GOAWAY);
      other.next(RawHttp2.GOAWAY);
      assertThatThrownBy(() -> other.next(RawHttp2.DATA)).isInstanceOf(IOException.class);
      assertThat(stopping).isNotDone();
      go.countDown();
      assertThat(connection.next(RawHttp2.HEADERS).stream()).isEqualTo(1);
      stopping.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void answersEverybodyWhileItSaysGoodbye() throws Exception {
    try (Served served = Served.by(this::answer);
        SSLSocket before = served.tls()) {
      send(before, "");
      assertThat(new String(before.getInputStream().readNBytes(13), ISO_8859_1))
          .isEqualTo("HTTP/1.1 204 ");
      served.drain();
      send(before, "");
      assertThat(Served.readAll(before.getInputStream()))
          .contains("HTTP/1.1 204 ", "Connection: close\r\n");
      assertThat(served.raw(GET.formatted("")))
          .startsWith("HTTP/1.1 204 ")
          .contains("Connection: close\r\n");
      assertThat(served.get("/").statusCode()).isEqualTo(204);
    }
  }

  private static void send(SSLSocket socket, String path) throws IOException {
    socket.getOutputStream().write(GET.formatted(path).getBytes(ISO_8859_1));
  }
}
