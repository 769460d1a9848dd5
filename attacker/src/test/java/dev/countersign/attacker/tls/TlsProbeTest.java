package dev.countersign.attacker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.tls.Offered.Accepted;
import dev.countersign.attacker.tls.Offered.Refused;
import dev.countersign.attacker.wire.OutOfBoundsException;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a strict server of ours lets happen. */
class TlsProbeTest {
  private static final TestTls TLS = TestTls.LOCALHOST;

  private static HttpsServer server;
  private static URI origin;

  @BeforeAll
  static void start() throws Exception {
    server =
        HttpsServer.builder()
            .handler(request -> HttpResponse.empty(204))
            .tls(TlsIdentity.of(TLS.chain(), TLS.key()))
            .start();
    origin = Asked.origin("127.0.0.1", server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"TLS_1_2", "TLS_1_3"})
  void findsTheVersionsThatAreSpoken(TlsVersion version) throws Exception {
    assertThat(Asked.probe(origin).accepts(origin, version)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsVersion.class,
      names = {"SSL_3_0", "TLS_1_0", "TLS_1_1"})
  void findsThatOldVersionsAreRefused(TlsVersion version) throws Exception {
    assertThat(Asked.probe(origin).offer(origin, version)).isInstanceOf(Refused.class);
  }

  @Test
  void saysByWhichAlertAVersionWasRefused() throws Exception {
    assertThat(Asked.probe(origin).offer(origin, TlsVersion.TLS_1_1))
        .isEqualTo(new Refused("alert protocol_version"));
  }

  @Test
  void findsTheSuitesOfTls12InTheOrderOfTheServer() throws Exception {
    assertThat(Asked.probe(origin).acceptedSuites(origin, TlsVersion.TLS_1_2))
        .extracting(CipherSuite::name)
        .containsExactly(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  }

  @Test
  void findsThatAWeakSuiteAloneIsRefused() throws Exception {
    assertThat(
            Asked.probe(origin).offer(origin, TlsVersion.TLS_1_2, List.of(CipherSuite.of(0xc009))))
        .isEqualTo(new Refused("alert handshake_failure"));
  }

  @Test
  void findsWhatAStrictServerAnswersWith() throws Exception {
    Accepted accepted = (Accepted) Asked.probe(origin).offer(origin, TlsVersion.TLS_1_2);
    assertThat(accepted.compression()).isFalse();
    assertThat(accepted.secureRenegotiation()).isTrue();
    assertThat(accepted.extendedMasterSecret()).isTrue();
    assertThat(accepted.truncatedHmac()).isFalse();
  }

  @Test
  void tellsOfACertificateThatNobodyTrusts() throws Exception {
    CertificateFacts facts = Asked.probe(origin).certificate(origin);
    assertThat(facts.own()).isEqualTo(TLS.certificate());
    assertThat(facts.keyAlgorithm()).isEqualTo("EC");
    assertThat(facts.keyBits()).isEqualTo(256);
    assertThat(facts.signatureAlgorithm()).isEqualTo("SHA256withECDSA");
    assertThat(facts.namesHost()).isTrue();
  }

  @Test
  void acceptsACertificateOfATrustedAuthority() throws Exception {
    assertThat(Asked.probe(origin, TLS.certificate()).distrust(origin)).isEmpty();
  }

  @Test
  void saysWhyAnUnknownAuthorityIsNotTrusted() throws Exception {
    assertThat(Asked.probe(origin).distrust(origin).orElseThrow()).contains("path");
  }

  @Test
  void asksNobodyThatIsNotAllowed() {
    URI other = Asked.origin("localhost", server.port());
    assertThatThrownBy(() -> Asked.probe(origin).offer(other, TlsVersion.TLS_1_2))
        .isInstanceOf(OutOfBoundsException.class);
  }
}
