package dev.countersign.demo.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;

class LocalCaTest {
  private final Instant now = Instant.now();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  private final CertificateMaker maker =
      new CertificateMaker(now.minusSeconds(60), now.plusSeconds(3600), RANDOM);
  private final KeyPair authorityKeys = keyPair();
  private final X509Certificate authority = authority();

  @Test
  void isAnAuthorityOfLengthZeroOnP256ForServers() throws Exception {
    X509Certificate certificate = LocalCa.create(now, RANDOM).certificate();
    assertThat(certificate.getBasicConstraints()).isZero();
    assertThat(certificate.getKeyUsage()[5]).as("keyCertSign").isTrue();
    assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength())
        .isEqualTo(256);
    assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.30");
    assertThat(certificate.getExtendedKeyUsage()).as("serverAuth").containsExactly(SERVER_AUTH);
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void namesThisMachineAndNothingElse() throws Exception {
    X509Certificate leaf = LocalCa.create(now, RANDOM).identity().chain().getFirst();
    assertThat(leaf.getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void isGoodForADay() {
    LocalCa ca = LocalCa.create(now, RANDOM);
    assertThat(ca.identity().notAfter())
        .isBetween(now.plus(Duration.ofHours(23)), now.plus(Duration.ofHours(25)));
    assertThat(ca.certificate().getNotAfter().toInstant())
        .isBeforeOrEqualTo(now.plus(Duration.ofHours(25)));
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void mayBySignatureBindTheNamesOfThisMachine() throws Exception {
    validate(leaf(authority, authorityKeys, LocalNames.ALL), authority);
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void mayNotBindAnotherHost() throws Exception {
    X509Certificate leaf =
        leaf(authority, authorityKeys, names(LocalNames.dns("bank.example.com")));
    assertThatThrownBy(() -> validate(leaf, authority))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("name constraints");
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void mayNotBindAnotherAddress() throws Exception {
    X509Certificate leaf = leaf(authority, authorityKeys, names(LocalNames.address("127.0.0.2")));
    assertThatThrownBy(() -> validate(leaf, authority))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("name constraints");
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void isTrustedByItsCallersUnderEveryNameOfThisMachine() throws Exception {
    LocalCa ca = LocalCa.create(now, RANDOM);
    try (HttpsServer server = serve(ca.identity())) {
      assertThat(status(ca.trust(), "localhost", server.port())).isEqualTo(200);
      assertThat(status(ca.trust(), "127.0.0.1", server.port())).isEqualTo(200);
    }
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7"})
  void isNotTrustedByCallersForAnotherNameBesides() throws Exception {
    KeyPair keys = keyPair();
    X509Certificate leaf =
        maker.server(
            authority,
            authorityKeys.getPrivate(),
            keys.getPublic(),
            names(LocalNames.dns("localhost"), LocalNames.dns("bank.example.com")));
    TlsIdentity identity = TlsIdentity.of(List.of(leaf), keys.getPrivate());
    try (HttpsServer server = serve(identity)) {
      assertThatThrownBy(() -> status(LocalTrust.in(authority), "localhost", server.port()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7"})
  void isTrustedByItsOwnCallersOnly() throws Exception {
    LocalCa one = LocalCa.create(now, RANDOM);
    LocalCa other = LocalCa.create(now, RANDOM);
    try (HttpsServer server = serve(one.identity())) {
      assertThatThrownBy(() -> status(other.trust(), "localhost", server.port()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  /**
   * By the JDK, with the authority as a certificate of the path: its constraints then count (RFC
   * 5280 section 6.1.3).
   */
  private static void validate(X509Certificate leaf, X509Certificate authority) throws Exception {
    CertPath path =
        CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, authority));
    TrustAnchor anchor =
        new TrustAnchor(authority.getSubjectX500Principal(), authority.getPublicKey(), null);
    PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  private X509Certificate leaf(X509Certificate from, KeyPair keys, GeneralNames names)
      throws Exception {
    return maker.server(from, keys.getPrivate(), keyPair().getPublic(), names);
  }

  private static GeneralNames names(GeneralName... names) {
    return new GeneralNames(names);
  }

  private static HttpsServer serve(TlsIdentity identity) throws Exception {
    return HttpsServer.builder()
        .tls(identity)
        .stopTimeout(Duration.ofMillis(100))
        .handler(_ -> HttpResponse.empty(200))
        .start();
  }

  private static int status(SSLContext trust, String host, int port) throws Exception {
    try (HttpClient http = StrictTls.httpClient(trust, Duration.ofSeconds(5))) {
      URI url = URI.create("https://" + host + ":" + port + "/");
      return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()).statusCode();
    }
  }

  private X509Certificate authority() {
    try {
      return maker.authority(authorityKeys);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
