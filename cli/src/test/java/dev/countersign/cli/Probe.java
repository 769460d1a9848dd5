package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Ways to look at a server from outside while it stops. */
final class Probe {
  private static final int TIMEOUT = 20_000;

  private Probe() {}

  /** Status and body of a GET without TLS; empty if nobody listens. */
  static Optional<String> get(String url) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      return Optional.of(answer.statusCode() + " " + answer.body());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Whether a TLS connection can be made. */
  static boolean connects(SSLContext trust, int port) {
    try (SSLSocket socket = socket(trust, port)) {
      socket.startHandshake();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static SSLSocket socket(SSLContext trust, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  /** A token request that the server has begun to read and waits for the body of. */
  record HalfRequest(SSLSocket socket) implements AutoCloseable {
    static HalfRequest begin(SSLContext trust, int port) throws IOException {
      HalfRequest request = new HalfRequest(Probe.socket(trust, port));
      request.write(
          """
          POST /token HTTP/1.1\r
          Host: auth.example.com\r
          Content-Type: application/x-www-form-urlencoded\r
          Content-Length: 3\r
          Expect: 100-continue\r
          \r
          """);
      byte[] leave = request.socket.getInputStream().readNBytes(25);
      assertThat(new String(leave, ISO_8859_1)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      return request;
    }

    /** Sends the rest; gives back how the answer begins. */
    String answer() throws IOException {
      write("a=b");
      return new String(socket.getInputStream().readNBytes(13), ISO_8859_1);
    }

    /** Sends the rest; gives back all that comes until the server closes. */
    String end() throws IOException {
      write("a=b");
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
