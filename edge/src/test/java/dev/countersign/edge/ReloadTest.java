package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another certificate while the server runs. */
class ReloadTest {
  private static final Certificates.Leaf NEW =
      Certificates.leaf(Certificates.ec("secp256r1")).issue();

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void showsTheNewOneToNewConnectionsAndKeepsTheOldOnesOpen(String tls) throws Exception {
    try (Served served = served();
        SSLSocket before = socket(Served.trusting(), served, tls)) {
      assertThat(ask(before)).isEqualTo("HTTP/1.1 204 No Content");
      served.show(NEW.identity());
      assertThat(ask(before)).isEqualTo("HTTP/1.1 204 No Content");
      assertThat(shown(before.getSession())).isEqualTo(leaf(Certificates.EC));
      try (SSLSocket after = socket(Served.trusting(), served, tls)) {
        assertThat(ask(after)).isEqualTo("HTTP/1.1 204 No Content");
        assertThat(shown(after.getSession())).isEqualTo(leaf(NEW));
      }
      assertThat(ask(before)).isEqualTo("HTTP/1.1 204 No Content");
    }
  }

  @Test
  void keepsAnOpenHttp2Connection() throws Exception {
    try (Served served = served();
        HttpClient client = served.client(HttpClient.Version.HTTP_2)) {
      HttpRequest request = HttpRequest.newBuilder(served.uri("/")).build();
      SSLSession first = send(client, request);
      served.show(NEW.identity());
      SSLSession second = send(client, request);
      assertThat(second.getCreationTime()).isEqualTo(first.getCreationTime());
      assertThat(shown(second)).isEqualTo(leaf(Certificates.EC));
      assertThat(served.connections()).isEqualTo(1);
    }
  }

  /** Otherwise a client could go on for a day with a certificate that was taken away. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void resumesNoSessionOfBefore(String tls) throws Exception {
    SSLContext context = Served.trusting();
    try (Served served = served()) {
      try (SSLSocket first = socket(context, served, tls)) {
        ask(first);
      }
      served.show(NEW.identity());
      try (SSLSocket second = socket(context, served, tls)) {
        ask(second);
        assertThat(shown(second.getSession())).isEqualTo(leaf(NEW));
      }
    }
  }

  @Test
  void isNeverWithoutACertificate() throws Exception {
    try (Served served = served()) {
      assertThatIllegalArgumentException().isThrownBy(() -> served.show());
      assertThat(served.get("/").statusCode()).isEqualTo(204);
    }
  }

  private static Served served() throws CannotListenException {
    return Served.by(request -> HttpResponse.empty(204));
  }

  private static SSLSession send(HttpClient client, HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.discarding()).sslSession().orElseThrow();
  }

  private static SSLSocket socket(SSLContext context, Served served, String tls)
      throws IOException {
    SSLSocket socket = served.tls(context);
    socket.setEnabledProtocols(new String[] {tls});
    // With an RSA identity beside it, the server would have a choice.
    socket.setEnabledCipherSuites(
        tls.equals("TLSv1.3")
            ? new String[] {"TLS_AES_128_GCM_SHA256"}
            : new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    return socket;
  }

  /** Asks on a connection that stays open; the status line. */
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

  private static Certificate shown(SSLSession session) throws IOException {
    return session.getPeerCertificates()[0];
  }

  private static Certificate leaf(Certificates.Leaf leaf) {
    return List.copyOf(leaf.chain()).getFirst();
  }
}
