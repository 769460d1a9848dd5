package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PlainHttpServerTest {
  private static final Handler EMPTY = request -> HttpResponse.empty(204);

  @Test
  void speaksPlainHttp() throws Exception {
    try (PlainHttpServer server = PlainHttpServer.start("127.0.0.1", 0, EMPTY)) {
      assertThat(raw(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 204 ")
          .doesNotContain("Jetty");
    }
  }

  @Test
  void readsNoBody() throws Exception {
    try (PlainHttpServer server = PlainHttpServer.start("127.0.0.1", 0, EMPTY)) {
      assertThat(raw(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na"))
          .startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void saysWhichPortIsBusy() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PlainHttpServer.start("127.0.0.1", other.getLocalPort(), EMPTY))
          .isInstanceOf(PortBusyException.class)
          .hasMessageContaining("127.0.0.1:" + other.getLocalPort());
    }
  }

  private static String raw(PlainHttpServer server, String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return Served.readAll(socket.getInputStream());
    }
  }
}
