package dev.countersign.cli;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The example configuration in a folder of its own, with the certificate it wants. */
final class ExampleFolder {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("countersign.root"), "docs", "examples", "countersign.yaml");

  private final Path folder;
  private final X509Certificate certificate;

  private ExampleFolder(Path folder, X509Certificate certificate) {
    this.folder = folder;
    this.certificate = certificate;
  }

  static ExampleFolder in(Path folder) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X509Certificate certificate = certificate(keys);
    pem(folder.resolve("server.pem"), "CERTIFICATE", certificate.getEncoded());
    pem(folder.resolve("server-key.pem"), "PRIVATE KEY", keys.getPrivate().getEncoded());
    Files.writeString(folder.resolve("countersign.yaml"), Files.readString(EXAMPLE));
    return new ExampleFolder(folder, certificate);
  }

  Path config() {
    return folder.resolve("countersign.yaml");
  }

  /** Changes a line of the configuration. */
  ExampleFolder with(String line, String other) throws IOException {
    String text = Files.readString(config());
    if (!text.contains(line)) {
      throw new IllegalArgumentException("the example has no " + line);
    }
    Files.writeString(config(), text.replace(line, other));
    return this;
  }

  /** The number of the line that holds this text. */
  int lineOf(String text) throws IOException {
    return Files.readAllLines(config()).stream()
            .map(line -> line.contains(text))
            .toList()
            .indexOf(true)
        + 1;
  }

  SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", certificate);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate certificate(KeyPair keys) throws Exception {
    X500Principal name = new X500Principal("CN=test");
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(3600)),
            name,
            keys.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static void pem(Path file, String type, byte[] der) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write("-----BEGIN " + type + "-----\n");
      writer.write(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
      writer.write("\n-----END " + type + "-----\n");
    }
  }
}
