package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.testkit.TestTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** A running server and the ways a test talks to it, all over real TLS. */
final class Served implements AutoCloseable {
  private static final int TIMEOUT = 10_000;

  private final HttpsServer server;

  private Served(HttpsServer server) {
    this.server = server;
  }

  /** With an RSA and an EC identity. */
  static Served by(Handler handler) throws CannotListenException {
    return by(handler, builder -> builder);
  }

  static Served by(Handler handler, UnaryOperator<HttpsServer.Builder> choices)
      throws CannotListenException {
    HttpsServer.Builder builder =
        HttpsServer.builder()
            .handler(handler)
            .tls(Certificates.EC.identity())
            .tls(Certificates.RSA.identity());
    return new Served(choices.apply(builder).start());
  }

  int port() {
    return server.port();
  }

  URI uri(String target) {
    return URI.create("https://127.0.0.1:" + port() + target);
  }

  HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .sslContext(trusting())
        .version(version)
        .connectTimeout(Duration.ofMillis(TIMEOUT))
        .build();
  }

  HttpResponse<String> send(HttpClient.Version version, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = client(version)) {
      return client.send(
          request.timeout(Duration.ofMillis(TIMEOUT)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return send(HttpClient.Version.HTTP_2, HttpRequest.newBuilder(uri(target)));
  }

  /** A TLS connection whose handshake is still to come. */
  SSLSocket tls() throws IOException {
    return tls(trusting());
  }

  /** The same by the certificate and trust of {@code context}. */
  SSLSocket tls(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  /** A connection without TLS. */
  Socket plain() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  /** Sends {@code request} as it is and gives back all that comes until the server closes. */
  String raw(String request) throws IOException {
    try (SSLSocket socket = tls()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return readAll(socket.getInputStream());
    }
  }

  /** What can still be read; a connection that is cut ends the text as one that is closed. */
  static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      in.transferTo(text);
    } catch (SocketException | SSLException _) {
      return text.toString(ISO_8859_1);
    }
    return text.toString(ISO_8859_1);
  }

  static SSLContext trusting() {
    return TestTls.trusting(Certificates.ROOT.certificate());
  }

  void show(TlsIdentity... identities) {
    server.show(List.of(identities));
  }

  void drain() {
    server.drain();
  }

  int connections() {
    return server.connections();
  }

  void stop() {
    server.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
