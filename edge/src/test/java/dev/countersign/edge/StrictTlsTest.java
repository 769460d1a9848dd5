package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.edge.ClientHello.Answer;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictTlsTest {
  private static final int TLS12 = 0x0303;
  private static final int ECDHE_RSA_AES_128_GCM = 0xc02f;
  private static final String GET =
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    served = Served.by(request -> HttpResponse.empty(204));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      })
  @Requirement({"SP-5.2.1-3", "SP-5.2.2-1", "SP-5.2.3-2", "TLS-1", "TLS-2"})
  void acceptsEachRecommendedSuiteOfTls12(String suite) throws Exception {
    try (SSLSocket socket = served.tls()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThat(get(socket)).startsWith("HTTP/1.1 204 ");
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }
  }

  /** Numbers of the registry "TLS Cipher Suites"; the names are for the reader. */
  @ParameterizedTest
  @CsvSource({
    "c013,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "c014,TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "c027,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    "c028,TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
    "c009,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "c023,TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    "c012,TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
    "c011,TLS_ECDHE_RSA_WITH_RC4_128_SHA",
    "c010,TLS_ECDHE_RSA_WITH_NULL_SHA",
    "cca8,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "cca9,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "009e,TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    "009f,TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    "0033,TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
    "009c,TLS_RSA_WITH_AES_128_GCM_SHA256",
    "009d,TLS_RSA_WITH_AES_256_GCM_SHA384",
    "002f,TLS_RSA_WITH_AES_128_CBC_SHA",
    "000a,TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    "c031,TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256",
    "c02d,TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256",
    "00a6,TLS_DH_anon_WITH_AES_128_GCM_SHA256",
    "c018,TLS_ECDH_anon_WITH_AES_128_CBC_SHA",
    "0003,TLS_RSA_EXPORT_WITH_RC4_40_MD5",
    "0002,TLS_RSA_WITH_NULL_SHA",
  })
  @Requirement({"SP-5.2.1-3", "SP-5.2.2-1", "SP-5.2.3-2", "TLS-2", "TLS-3"})
  void refusesEveryOtherSuiteOfTls12(String number, String name) throws Exception {
    Answer answer = answerTo(new ClientHello(TLS12, Integer.parseInt(number, 16)));
    assertThat(answer).as(name).isEqualTo(new Answer.Alert(40));
  }

  @Test
  void acceptsTheHelloThatTheOthersDifferFrom() throws Exception {
    assertThat(answerTo(new ClientHello(TLS12, ECDHE_RSA_AES_128_GCM)))
        .isInstanceOf(Answer.ServerHello.class);
  }

  @ParameterizedTest
  @CsvSource({"0300,SSL 3.0", "0301,TLS 1.0", "0302,TLS 1.1"})
  @Requirement({"SP-5.2.1-2", "TLS-1"})
  void refusesWhatIsOlderThanTls12(String version, String name) throws Exception {
    ClientHello hello =
        new ClientHello(Integer.parseInt(version, 16), ECDHE_RSA_AES_128_GCM, 0xc013, 0x002f);
    assertThat(answerTo(hello)).as(name).isEqualTo(new Answer.Alert(70));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
      })
  @Requirement({"SP-5.2.1-2", "TLS-4"})
  void acceptsTheSuitesOfTls13(String suite) throws Exception {
    try (SSLSocket socket = served.tls()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.3"});
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThat(get(socket)).startsWith("HTTP/1.1 204 ");
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }
  }

  @Test
  @Requirement({"TLS-1"})
  void prefersTls13() throws Exception {
    try (SSLSocket socket = served.tls()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @ParameterizedTest
  @CsvSource({"001d,X25519", "0017,P-256"})
  @Requirement({"TLS-2"})
  void supportsTheRecommendedCurves(String number, String name) throws Exception {
    ClientHello hello = new ClientHello(TLS12, ECDHE_RSA_AES_128_GCM);
    assertThat(answerTo(hello.withGroup(Integer.parseInt(number, 16))))
        .as(name)
        .isInstanceOf(Answer.ServerHello.class);
  }

  @Test
  @Requirement({"TLS-2"})
  void refusesACurveOfLessThan224Bits() throws Exception {
    ClientHello secp192r1 = new ClientHello(TLS12, ECDHE_RSA_AES_128_GCM).withGroup(0x0013);
    assertThat(answerTo(secp192r1)).isEqualTo(new Answer.Alert(40));
  }

  @Test
  @Requirement({"SP-5.2.1-3", "TLS-5"})
  void bindsTls12SessionsAndLeavesCompressionAndTruncatedHmacAlone() throws Exception {
    Answer answer = answerTo(new ClientHello(TLS12, ECDHE_RSA_AES_128_GCM));
    Answer.ServerHello hello = (Answer.ServerHello) answer;
    assertThat(hello.version()).isEqualTo(TLS12);
    assertThat(hello.compression()).isZero();
    assertThat(hello.extensions())
        .contains(ClientHello.RENEGOTIATION_INFO, ClientHello.EXTENDED_MASTER_SECRET)
        .doesNotContain(ClientHello.TRUNCATED_HMAC);
  }

  @Test
  @Requirement({"TLS-5"})
  void refusesToRenegotiate() throws Exception {
    try (SSLSocket socket = served.tls()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
                if (socket.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Requirement({"SP-5.2.1-1"})
  void answersNothingToPlainHttp() throws Exception {
    try (Socket socket = served.plain()) {
      socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      assertThat(Served.readAll(socket.getInputStream())).doesNotContain("HTTP");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "another.example"})
  void answersWhateverNameTheHandshakeAndTheHostHeaderSay(String name) throws Exception {
    try (SSLSocket socket = served.tls()) {
      SSLParameters parameters = socket.getSSLParameters();
      List<SNIServerName> names = name.isEmpty() ? List.of() : List.of(new SNIHostName(name));
      parameters.setServerNames(names);
      socket.setSSLParameters(parameters);
      String request = GET.replace("Host: 127.0.0.1", "Host: third.example");
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      assertThat(Served.readAll(socket.getInputStream())).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void showsTheCertificateThatTheClientCanCheck() throws Exception {
    try (SSLSocket socket = served.tls()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(Arrays.asList(socket.getSession().getPeerCertificates()))
          .hasSize(2)
          .contains(Certificates.ROOT.certificate());
    }
  }

  private static Answer answerTo(ClientHello hello) throws IOException {
    return hello.sendTo(served.plain());
  }

  private static String get(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(GET.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return Served.readAll(socket.getInputStream());
  }
}
