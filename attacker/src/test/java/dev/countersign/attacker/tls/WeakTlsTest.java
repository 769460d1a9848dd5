package dev.countersign.attacker.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.tls.Offered.Accepted;
import dev.countersign.attacker.tls.Offered.Refused;
import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.testkit.TestTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.Random;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say that should not, or that are none. */
class WeakTlsTest {
  private static final String RANDOM = "00".repeat(32);
  private static final String RENEGOTIATION_INFO = "0005ff01000100";

  @ParameterizedTest
  @CsvSource({"0300,SSL_3_0", "0301,TLS_1_0", "0302,TLS_1_1"})
  void findsAnOldVersion(String code, TlsVersion version) throws Exception {
    try (Asked server = Asked.thatSays(hello(code, "002f", "00", ""))) {
      assertThat(Asked.probe(server.origin()).accepts(server.origin(), version)).isTrue();
    }
  }

  @Test
  void doesNotTakeALowerVersionForTheOneOffered() throws Exception {
    try (Asked server = Asked.thatSays(hello("0301", "002f", "00", ""))) {
      TlsProbe probe = Asked.probe(server.origin());
      assertThat(probe.accepts(server.origin(), TlsVersion.TLS_1_2)).isFalse();
      assertThat(probe.acceptedSuites(server.origin(), TlsVersion.TLS_1_2)).isEmpty();
    }
  }

  @Test
  void findsCompression() throws Exception {
    assertThat(accepted(hello("0303", "c02f", "01", RENEGOTIATION_INFO)).compression()).isTrue();
  }

  @Test
  void findsThatRenegotiationIsNotSecure() throws Exception {
    Accepted without = accepted(hello("0303", "c02f", "00", ""));
    assertThat(without.secureRenegotiation()).isFalse();
    assertThat(without.extendedMasterSecret()).isFalse();
  }

  @Test
  void findsAShortenedMac() throws Exception {
    assertThat(accepted(hello("0303", "c013", "00", "000400040000")).truncatedHmac()).isTrue();
  }

  @Test
  void findsAForbiddenSuiteAndEndsWhereTheServerRepeatsIt() throws Exception {
    try (Asked server = Asked.thatSays(hello("0303", "0005", "00", RENEGOTIATION_INFO))) {
      assertThat(Asked.probe(server.origin()).acceptedSuites(server.origin(), TlsVersion.TLS_1_2))
          .startsWith(new CipherSuite(5, "TLS_RSA_WITH_RC4_128_SHA"))
          .hasSize(2)
          .allMatch(suite -> suite.standing() == CipherSuite.Standing.FORBIDDEN);
    }
  }

  @Test
  void findsTheForbiddenSuitesOfARealServer() throws Exception {
    try (SSLServerSocket server =
        (SSLServerSocket)
            TestTls.LOCALHOST
                .server()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String[] weak = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"
      };
      server.setEnabledCipherSuites(weak);
      Thread.ofVirtual().start(() -> shakeHands(server));
      URI origin = Asked.origin("127.0.0.1", server.getLocalPort());
      assertThat(Asked.probe(origin).acceptedSuites(origin, TlsVersion.TLS_1_2))
          .extracting(CipherSuite::name)
          .containsExactlyInAnyOrder(weak);
      assertThat(Asked.probe(origin).accepts(origin, TlsVersion.TLS_1_3)).isFalse();
    }
  }

  private static void shakeHands(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.startHandshake();
      } catch (IOException _) {
        // No probe finishes a handshake.
      }
    }
  }

  @Test
  void readsPastAWarning() throws Exception {
    byte[] warned = joined(bytes("15030300020170"), hello("0303", "c02f", "00", ""));
    assertThat(accepted(warned).suite().name()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void readsAServerHelloInSeveralRecords() throws Exception {
    byte[] whole = hello("0303", "c02f", "00", "");
    String message = HexFormat.of().formatHex(whole).substring(10);
    byte[] split = joined(record(message.substring(0, 20)), record(message.substring(20)));
    assertThat(accepted(split).version()).isEqualTo(TlsVersion.TLS_1_2);
  }

  @Test
  void saysThatTheConnectionWasClosed() throws Exception {
    assertThat(said(new byte[0])).isEqualTo(new Refused("closed the connection"));
  }

  @Test
  void saysWhatIsNoTls() throws Exception {
    assertThat(said("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)))
        .isEqualTo(new Refused("not TLS: what is no record of a handshake"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Shorter than its own lengths say: in the random, the session id, the extensions.
        "160303000602000002" + "0303",
        "160303002a" + "02000026" + "0303" + "RANDOM" + "ff" + "000000",
        "1603030034" + "02000030" + "0303" + "RANDOM" + "00c02f00" + "0008ff01ffff00000000",
        "16030300" + "04" + "0b000000",
        "150303000128",
        "16030300040200ffff",
      })
  void refusesABrokenServerHello(String words) throws Exception {
    assertThat(said(bytes(words.replace("RANDOM", RANDOM)))).isInstanceOf(Refused.class);
  }

  @Test
  void standsWhateverIsSaid() throws Exception {
    Random random = new Random(20260101);
    for (int i = 0; i < 200; i++) {
      byte[] words = hello("0303", "c02f", "00", RENEGOTIATION_INFO);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        words[random.nextInt(words.length)] = (byte) random.nextInt(256);
      }
      assertThat(said(words)).isNotNull();
    }
  }

  @Test
  void knowsNoCertificateOfWhatIsNoTls() throws Exception {
    try (Asked server = Asked.thatSays("no".getBytes(US_ASCII))) {
      TlsProbe probe = Asked.probe(server.origin());
      assertThatThrownBy(() -> probe.certificate(server.origin()))
          .isInstanceOf(NoAnswerException.class);
    }
  }

  private static Accepted accepted(byte[] words) throws Exception {
    return (Accepted) said(words);
  }

  private static Offered said(byte[] words) throws Exception {
    try (Asked server = Asked.thatSays(words)) {
      return Asked.probe(server.origin()).offer(server.origin(), TlsVersion.TLS_1_2);
    }
  }

  private static byte[] hello(String version, String suite, String compression, String extensions) {
    String body = version + RANDOM + "00" + suite + compression + extensions;
    return record("0200" + HexFormat.of().toHexDigits((char) (body.length() / 2)) + body);
  }

  private static byte[] record(String message) {
    return bytes("160303" + HexFormat.of().toHexDigits((char) (message.length() / 2)) + message);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
