package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {
  private static final Certificates.Leaf EC = Certificates.EC;
  private static final Certificates.Leaf RSA = Certificates.RSA;

  @TempDir private Path folder;

  @Test
  void readsAChainAndAKeyFromPemFiles() throws Exception {
    for (Certificates.Leaf leaf : List.of(EC, RSA)) {
      Path chain = file("chain.pem", chain(leaf));
      Path key = file("key.pem", TestTls.pem("PRIVATE KEY", leaf.keys().getPrivate().getEncoded()));
      TlsIdentity identity = TlsIdentity.ofPem(chain, key);
      assertThat(identity.chain()).isEqualTo(leaf.chain());
      assertThat(identity.key()).isEqualTo(leaf.keys().getPrivate());
    }
  }

  @Test
  void readsOneFileWithBothAndTextBetween() throws Exception {
    String key = TestTls.pem("PRIVATE KEY", EC.keys().getPrivate().getEncoded());
    Path both = file("both.pem", "subject=localhost\n" + key + "issuer=x\r\n" + chain(EC));
    assertThat(TlsIdentity.ofPem(both, both).chain()).hasSize(2);
  }

  @Test
  void servesWhatItRead() throws Exception {
    Path chain = file("chain.pem", chain(EC));
    Path key = file("key.pem", TestTls.pem("PRIVATE KEY", EC.keys().getPrivate().getEncoded()));
    HttpsServer.Builder builder = HttpsServer.builder().handler(r -> HttpResponse.empty(204));
    try (HttpsServer server = builder.tls(TlsIdentity.ofPem(chain, key)).start()) {
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void readsAKeyStore() throws Exception {
    char[] password = "change it".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    X509Certificate[] chain = EC.chain().toArray(X509Certificate[]::new);
    store.setKeyEntry("tls", EC.keys().getPrivate(), password, chain);
    assertThat(TlsIdentity.of(store, "tls", password).chain()).isEqualTo(EC.chain());
    refuses(() -> TlsIdentity.of(store, "other", password)).hasMessageContaining("under other");
    refuses(() -> TlsIdentity.of(store, "tls", "wrong".toCharArray()))
        .hasMessageContaining("password");
  }

  @Test
  void namesTheFileThatIsMissing() throws Exception {
    Path chain = file("chain.pem", chain(EC));
    Path missing = folder.resolve("missing.pem");
    refuses(() -> TlsIdentity.ofPem(missing, chain))
        .hasMessage(missing + ": there is no such file");
    refuses(() -> TlsIdentity.ofPem(chain, missing))
        .hasMessage(missing + ": there is no such file");
    refuses(() -> TlsIdentity.ofPem(folder, missing)).hasMessage(folder + ": cannot be read");
  }

  @Test
  void namesTheFileWithoutCertificate() throws Exception {
    Path key = file("key.pem", TestTls.pem("PRIVATE KEY", EC.keys().getPrivate().getEncoded()));
    refuses(() -> TlsIdentity.ofPem(key, key))
        .hasMessageContaining(key + ": holds no certificate")
        .hasMessageContaining("BEGIN CERTIFICATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
  void saysHowToConvertAKeyOfAnotherForm(String label) throws Exception {
    Path chain = file("chain.pem", chain(EC));
    Path key = file("key.pem", TestTls.pem(label, EC.keys().getPrivate().getEncoded()));
    refuses(() -> TlsIdentity.ofPem(chain, key))
        .hasMessageStartingWith(key + ": ")
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void namesTheFileWhoseKeyCannotBeReadAndShowsNothingOfIt() throws Exception {
    Path chain = file("chain.pem", chain(EC));
    Path none = file("none.pem", "");
    refuses(() -> TlsIdentity.ofPem(chain, none)).hasMessageContaining("but holds 0");
    String key = TestTls.pem("PRIVATE KEY", EC.keys().getPrivate().getEncoded());
    Path two = file("two.pem", key + key);
    refuses(() -> TlsIdentity.ofPem(chain, two)).hasMessageContaining("but holds 2");
    Path torn = file("torn.pem", TestTls.pem("PRIVATE KEY", "secret".getBytes(UTF_8)));
    refuses(() -> TlsIdentity.ofPem(chain, torn))
        .hasMessage(torn + ": holds no PKCS#8 key of the certificate's algorithm, EC")
        .hasNoCause();
    Path ink = file("ink.pem", "-----BEGIN PRIVATE KEY-----\n?!\n-----END PRIVATE KEY-----\n");
    refuses(() -> TlsIdentity.ofPem(chain, ink)).hasMessageContaining("is not base64");
    Path broken = file("broken.pem", TestTls.pem("CERTIFICATE", "nothing".getBytes(UTF_8)));
    refuses(() -> TlsIdentity.ofPem(broken, none)).hasMessageStartingWith(broken + ": ");
    Path large = file("large.pem", " ".repeat((1 << 20) + 1));
    refuses(() -> TlsIdentity.ofPem(large, none)).hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void refusesTheKeyOfAnother() throws Exception {
    PrivateKey other = Certificates.ec("secp256r1").getPrivate();
    refuses(() -> TlsIdentity.of(EC.chain(), other)).hasMessageContaining("does not fit");
    refuses(() -> TlsIdentity.of(EC.chain(), RSA.keys().getPrivate()))
        .hasMessageContaining("does not fit");
    Path chain = file("chain.pem", chain(EC));
    Path key = file("key.pem", TestTls.pem("PRIVATE KEY", other.getEncoded()));
    refuses(() -> TlsIdentity.ofPem(chain, key))
        .hasMessageContaining("chain.pem")
        .hasMessageContaining("key.pem");
  }

  @Test
  @Requirement({"TLS-5"})
  void refusesAKeyThatIsTooShort() {
    assertThat(Certificates.leaf(Certificates.rsa(2048)).issue().identity()).isNotNull();
    Certificates.Leaf rsa = Certificates.leaf(Certificates.rsa(2040)).issue();
    refuses(rsa).hasMessageContaining("needs an RSA key of 2048 bits or more");
    assertThat(Certificates.leaf(Certificates.ec("secp384r1")).issue().identity()).isNotNull();
  }

  @Test
  @Requirement({"TLS-5"})
  void refusesASignatureWithSha1() {
    Certificates.Plan plan = Certificates.leaf(Certificates.ec("secp256r1"));
    assertThat(plan.signedWith("SHA384withECDSA").issue().identity()).isNotNull();
    refuses(plan.signedWith("SHA1withECDSA").issue()).hasMessageContaining("SHA1");
  }

  @Test
  void refusesACertificateThatNamesNobodyInSubjectAltName() {
    Certificates.Plan plan = Certificates.leaf(Certificates.ec("secp256r1"));
    refuses(plan.withoutNames().issue()).hasMessageContaining("subjectAltName");
  }

  @Test
  void refusesACertificateForAnotherPurpose() {
    Certificates.Plan plan = Certificates.leaf(Certificates.ec("secp256r1"));
    assertThat(
            plan.forUsage(KeyUsage.digitalSignature)
                .forPurpose(KeyPurposeId.id_kp_serverAuth)
                .issue()
                .identity())
        .isNotNull();
    assertThat(plan.forPurpose(KeyPurposeId.anyExtendedKeyUsage).issue().identity()).isNotNull();
    refuses(plan.forUsage(KeyUsage.keyEncipherment).issue())
        .hasMessageContaining("digitalSignature");
    refuses(plan.forPurpose(KeyPurposeId.id_kp_clientAuth).issue())
        .hasMessageContaining("serverAuth");
  }

  @Test
  void refusesAChainInTheWrongOrder() {
    PrivateKey key = EC.keys().getPrivate();
    assertThat(EC.identity()).isNotNull();
    List<X509Certificate> foreign = List.of(EC.chain().getFirst(), RSA.chain().getFirst());
    refuses(() -> TlsIdentity.of(foreign, key)).hasMessageContaining("wrong order");
    refuses(() -> TlsIdentity.of(EC.chain().reversed(), Certificates.ROOT.keys().getPrivate()))
        .hasMessageContaining("wrong order");
    refuses(() -> TlsIdentity.of(List.of(), key)).hasMessageContaining("empty");
  }

  @Test
  void knowsWhenItsFirstCertificateExpires() {
    assertThat(EC.identity().notAfter())
        .isEqualTo(EC.chain().getFirst().getNotAfter().toInstant())
        .isBefore(Certificates.ROOT.certificate().getNotAfter().toInstant());
  }

  @Test
  void showsItsSubjectOnly() {
    assertThat(EC.identity()).hasToString("TlsIdentity[CN=localhost]");
  }

  private static AbstractThrowableAssert<?, ?> refuses(Certificates.Leaf leaf) {
    return refuses(() -> TlsIdentity.of(leaf.chain(), leaf.keys().getPrivate()));
  }

  private static AbstractThrowableAssert<?, ?> refuses(ThrowingCallable made) {
    return assertThatThrownBy(made).isInstanceOf(InvalidTlsIdentityException.class);
  }

  private static String chain(Certificates.Leaf leaf) throws CertificateEncodingException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : leaf.chain()) {
      text.append(TestTls.pem("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
