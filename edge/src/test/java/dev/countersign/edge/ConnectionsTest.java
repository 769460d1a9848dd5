package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a connection may stay, and how many there may be. */
@Timeout(30)
class ConnectionsTest {
  private static final Handler EMPTY = request -> HttpResponse.empty(204);
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  /** A byte every 20 ms is far from idle. */
  private static Served impatient(Handler handler) throws CannotListenException {
    return Served.by(
        handler,
        server -> server.idleTimeout(Duration.ofMillis(300)).headTimeout(Duration.ofMillis(200)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /", "GET / HTTP/1.1\r\nHost: a\r\nX: "})
  void closesAConnectionWhoseHeadDrips(String begun) throws Exception {
    try (Served served = impatient(EMPTY);
        SSLSocket socket = served.tls()) {
      socket.getOutputStream().write(begun.getBytes(ISO_8859_1));
      assertThat(readWhileDripping(socket)).isEmpty();
    }
  }

  @Test
  void closesAConnectionWhoseNextHeadDrips() throws Exception {
    try (Served served = impatient(EMPTY);
        SSLSocket socket = served.tls()) {
      socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
      assertThat(readWhileDripping(socket)).startsWith("HTTP/1.1 204 ").containsOnlyOnce("HTTP");
    }
  }

  @Test
  void closesAConnectionWhoseHandshakeDrips() throws Exception {
    try (Served served = impatient(EMPTY);
        Socket socket = served.plain()) {
      // The head of a record with a ClientHello of 8 KiB, of which little ever comes.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 32, 0, 1, 0, 31, (byte) 252});
      assertThat(readWhileDripping(socket)).isEmpty();
    }
  }

  @Test
  void closesAnHttp2ConnectionThatOnlyPings() throws Exception {
    try (Served served = impatient(EMPTY);
        RawHttp2 connection = RawHttp2.to(served)) {
      connection.get(1, "/");
      assertThat(connection.next(RawHttp2.HEADERS).stream()).isEqualTo(1);
      assertThatThrownBy(
              () -> {
                while (true) {
                  connection.ping();
                  connection.next(RawHttp2.PING);
                }
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void leavesAConnectionAloneWhoseRequestIsUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Handler slow =
        request -> {
          begun.countDown();
          go.await();
          return HttpResponse.empty(204);
        };
    try (Served served = impatient(slow);
        SSLSocket busy = served.tls();
        SSLSocket dripping = served.tls()) {
      busy.getOutputStream().write(GET.getBytes(ISO_8859_1));
      begun.await();
      // When this one is closed, the other has been open for longer.
      assertThat(readWhileDripping(dripping)).isEmpty();
      go.countDown();
      assertThat(Served.readAll(busy.getInputStream())).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void letsOneMoreThanTheMostWaitUntilAnotherEnds() throws Exception {
    try (Served served = Served.by(EMPTY, server -> server.maxConnections(2));
        SSLSocket first = served.tls()) {
      first.startHandshake();
      try (SSLSocket second = served.tls();
          SSLSocket third = served.tls()) {
        second.startHandshake();
        third.setSoTimeout(300);
        assertThatThrownBy(third::startHandshake).isInstanceOf(IOException.class);
        assertThat(served.connections()).isEqualTo(2);
      }
      assertThat(served.raw(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
          .startsWith("HTTP/1.1 204 ");
    }
  }

  private static String readWhileDripping(Socket socket) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread drip = Thread.ofVirtual().start(() -> LimitsTest.drip(socket, end));
    try {
      return Served.readAll(socket.getInputStream());
    } finally {
      end.countDown();
      assertThat(drip.join(Duration.ofSeconds(5))).isTrue();
    }
  }
}
