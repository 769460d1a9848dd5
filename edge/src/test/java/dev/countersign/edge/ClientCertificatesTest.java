package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that wants certificates, met by real clients over real handshakes. */
class ClientCertificatesTest {
  private static final BlockingQueue<List<X509Certificate>> SEEN = new LinkedBlockingQueue<>();
  private static final TestClient EC = TestClient.selfSigned(Certificates.ec("secp256r1"));
  private static final TestClient RSA = TestClient.selfSigned(Certificates.rsa(2048));

  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    served = wanting(ClientCertificates.WANTED);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1,TLSv1.2", "HTTP_1_1,TLSv1.3", "HTTP_2,TLSv1.2", "HTTP_2,TLSv1.3"})
  @Requirement({"MT-7"})
  void handsOnACertificateThatSignedItself(HttpClient.Version http, String tls) throws Exception {
    for (TestClient client : List.of(EC, RSA)) {
      assertThat(ask(client.context(), http, tls)).isEqualTo(client.chain());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void handsOnAChainWithTheClientsOwnFirst(String tls) throws Exception {
    TestClient client = TestClient.withChain(AnyClient.MAX_CERTIFICATES);
    assertThat(ask(client.context(), HttpClient.Version.HTTP_2, tls)).isEqualTo(client.chain());
  }

  @ParameterizedTest
  @CsvSource({"HTTP_1_1,TLSv1.2", "HTTP_1_1,TLSv1.3", "HTTP_2,TLSv1.2", "HTTP_2,TLSv1.3"})
  void servesAClientThatHasNone(HttpClient.Version http, String tls) throws Exception {
    assertThat(ask(Served.trusting(), http, tls)).isEmpty();
  }

  /** RFC 8705 section 6.2 leaves that to whoever knows what the client must be. */
  @Test
  void handsOnOneThatExpired() throws Exception {
    TestClient client = TestClient.expired();
    assertThat(ask(client.context(), HttpClient.Version.HTTP_1_1, "TLSv1.3"))
        .isEqualTo(client.chain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void endsTheHandshakeOfSomebodyWithoutTheKey(String tls) throws Exception {
    assertRefused(EC.withoutItsKey(), tls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void endsTheHandshakeOfAChainOutOfBounds(String tls) throws Exception {
    assertRefused(TestClient.withChain(AnyClient.MAX_CERTIFICATES + 1), tls);
    assertRefused(TestClient.large(AnyClient.MAX_BYTES), tls);
  }

  @Test
  void handsOnACertificateAlmostAsLargeAsAllowed() throws Exception {
    TestClient client = TestClient.large(AnyClient.MAX_BYTES - 600);
    assertThat(ask(client.context(), HttpClient.Version.HTTP_1_1, "TLSv1.3"))
        .isEqualTo(client.chain());
  }

  @Test
  @Requirement({"TLS-5"})
  void endsTheHandshakeOfAWeakKey() throws Exception {
    assertRefused(TestClient.selfSigned(Certificates.rsa(1024)), "TLSv1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void knowsTheClientOfASessionThatIsResumed(String tls) throws Exception {
    SSLContext context = EC.context();
    long first;
    try (SSLSocket socket = socket(context, tls)) {
      get(socket);
      first = socket.getSession().getCreationTime();
    }
    try (SSLSocket socket = socket(context, tls)) {
      get(socket);
      assertThat(resumed(socket.getSession(), first)).isTrue();
    }
    assertThat(SEEN.poll(5, TimeUnit.SECONDS)).isEqualTo(EC.chain());
    assertThat(SEEN.poll(5, TimeUnit.SECONDS)).isEqualTo(EC.chain());
  }

  @Test
  void asksNobodyUnlessItWants() throws Exception {
    try (Served silent = wanting(ClientCertificates.NONE)) {
      try (SSLSocket socket = socket(EC.context(), "TLSv1.3", silent.port())) {
        get(socket);
        assertThat(socket.getSession().getLocalCertificates()).isNull();
      }
      assertThat(SEEN.poll(5, TimeUnit.SECONDS)).isEmpty();
    }
  }

  private static boolean resumed(SSLSession session, long first) {
    return session.getCreationTime() == first;
  }

  private static Served wanting(ClientCertificates choice) throws CannotListenException {
    Handler handler =
        request -> {
          SEEN.add(request.clientCertificates());
          return HttpResponse.empty(204);
        };
    return Served.by(handler, server -> server.clientCertificates(choice));
  }

  private static List<X509Certificate> ask(SSLContext context, HttpClient.Version http, String tls)
      throws Exception {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {tls});
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(context)
            .sslParameters(parameters)
            .version(http)
            .build()) {
      var request = java.net.http.HttpRequest.newBuilder(served.uri("/")).build();
      var answer = client.send(request, BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.version()).isEqualTo(http);
    }
    return SEEN.poll(5, TimeUnit.SECONDS);
  }

  private static void assertRefused(TestClient client, String tls) throws Exception {
    String answer;
    try (SSLSocket socket = socket(client.context(), tls)) {
      answer = get(socket);
    } catch (IOException e) {
      answer = "";
    }
    assertThat(answer).isEmpty();
    assertThat(SEEN).isEmpty();
  }

  private static SSLSocket socket(SSLContext context, String tls) throws IOException {
    return socket(context, tls, served.port());
  }

  private static SSLSocket socket(SSLContext context, String tls, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setEnabledProtocols(new String[] {tls});
    return socket;
  }

  private static String get(SSLSocket socket) throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return Served.readAll(socket.getInputStream());
  }
}
