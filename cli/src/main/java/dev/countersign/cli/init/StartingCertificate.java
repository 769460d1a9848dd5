package dev.countersign.cli.init;

import dev.countersign.requirement.Enforces;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate to start with: EC P-256, signed by its own key, no authority, for 90 days. It says
 * in its subject that it is to be replaced.
 */
final class StartingCertificate {
  static final Duration LIFETIME = Duration.ofDays(90);
  private static final Duration BACKDATED = Duration.ofMinutes(1);
  private static final X500Principal SUBJECT =
      new X500Principal("CN=Replace me, O=Made by countersign init");
  private static final int SERIAL_BITS = 159;

  private final X509Certificate certificate;
  private final KeyPair keys;

  private StartingCertificate(X509Certificate certificate, KeyPair keys) {
    this.certificate = certificate;
    this.keys = keys;
  }

  /**
   * A new one.
   *
   * @param host the host of a URL; for {@code localhost} also for the addresses of this machine
   */
  @Enforces({"SP-5.2.1-5", "TLS-5"})
  static StartingCertificate of(String host, Instant now, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      return new StartingCertificate(signed(keys, names(host), now, random), keys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("no certificate can be made for " + host, e);
    }
  }

  private static X509Certificate signed(
      KeyPair keys, GeneralNames names, Instant now, SecureRandom random)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    // Positive and at most 20 octets (RFC 5280 section 4.1.2.2).
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(0);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            SUBJECT,
            serial,
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(LIFETIME)),
            SUBJECT,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, names);
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static GeneralNames names(String host) {
    List<String> hosts =
        host.equals("localhost")
            ? List.of("localhost", "127.0.0.1", "::1")
            : List.of(host.replaceAll("^\\[|]$", ""));
    return new GeneralNames(
        hosts.stream().map(StartingCertificate::name).toArray(GeneralName[]::new));
  }

  private static GeneralName name(String host) {
    return new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static boolean isAddress(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      // It is a name.
      return false;
    }
  }

  /** The certificate as PEM. */
  String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made has a form", e);
    }
  }

  /** Its private key as PEM (PKCS #8). */
  String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static String pem(String label, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, content));
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be written", e);
    }
    return text.toString();
  }

  /** The subject alone: the rest is a private key. */
  @Override
  public String toString() {
    return "StartingCertificate[" + SUBJECT.getName() + "]";
  }
}
