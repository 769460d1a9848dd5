package dev.countersign.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
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

/**
 * A certificate in the making: of an authority or a client, on P-256, valid from 2026 to 2046
 * unless said otherwise. For one test.
 */
public final class TestCertificate {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Optional<TestTls> signer;
  private final String subject;
  private final List<GeneralName> names = new ArrayList<>();
  private final List<KeyPurposeId> purposes = new ArrayList<>();
  private Instant from = Instant.parse("2026-01-01T00:00:00Z");
  private Instant until = Instant.parse("2046-01-01T00:00:00Z");
  private boolean authority;
  private boolean knowsUsage;
  private int usage;
  private String algorithm = "SHA256withECDSA";

  private TestCertificate(Optional<TestTls> signer, String subject) {
    this.signer = signer;
    this.subject = subject;
  }

  /** One that signs itself. */
  public static TestCertificate selfSigned(String subject) {
    return new TestCertificate(Optional.empty(), subject);
  }

  /** One that an authority signs; its chain names the authority only if that has a signer, too. */
  public static TestCertificate signedBy(TestTls authority, String subject) {
    return new TestCertificate(Optional.of(authority), subject);
  }

  /** It may sign others. */
  public TestCertificate authority() {
    this.authority = true;
    return this;
  }

  /** A {@code dNSName}. */
  public TestCertificate dns(String name) {
    names.add(new GeneralName(GeneralName.dNSName, name));
    return this;
  }

  /** A {@code uniformResourceIdentifier}. */
  public TestCertificate uri(String uri) {
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    return this;
  }

  /** An {@code iPAddress}. */
  public TestCertificate ip(String address) {
    names.add(new GeneralName(GeneralName.iPAddress, address));
    return this;
  }

  /** An {@code rfc822Name}. */
  public TestCertificate email(String address) {
    names.add(new GeneralName(GeneralName.rfc822Name, address));
    return this;
  }

  /** Valid in this time alone. */
  public TestCertificate valid(Instant first, Instant last) {
    this.from = first;
    this.until = last;
    return this;
  }

  /** Its extended key usage is that of TLS clients. */
  public TestCertificate forClients() {
    purposes.add(KeyPurposeId.id_kp_clientAuth);
    return this;
  }

  /** Its extended key usage is that of TLS servers. */
  public TestCertificate forServers() {
    purposes.add(KeyPurposeId.id_kp_serverAuth);
    return this;
  }

  /** Its key usage is that of signatures. */
  public TestCertificate toSign() {
    return using(KeyUsage.digitalSignature);
  }

  /** Its key usage is that of key agreement. */
  public TestCertificate toAgree() {
    return using(KeyUsage.keyAgreement);
  }

  private TestCertificate using(int bits) {
    this.knowsUsage = true;
    this.usage |= bits;
    return this;
  }

  /** It is signed with SHA-1. */
  public TestCertificate weakly() {
    this.algorithm = "SHA1withECDSA";
    return this;
  }

  /** The certificate with a fresh key. */
  public TestTls make() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return make(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate with the key that somebody has already. */
  public TestTls make(TestTls holder) {
    return make(new KeyPair(holder.certificate().getPublicKey(), holder.key()));
  }

  private TestTls make(KeyPair keys) {
    try {
      X500Name own = new X500Name(subject);
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              signer.map(TestCertificate::nameOf).orElse(own),
              new BigInteger(96, RANDOM),
              Date.from(from),
              Date.from(until),
              own,
              keys.getPublic());
      extend(builder);
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder(algorithm)
                          .build(signer.map(TestTls::key).orElse(keys.getPrivate()))));
      return new TestTls(keys, certificate, issuers());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  /** A root is not sent: whoever trusts it has it. */
  private List<X509Certificate> issuers() {
    return signer.map(TestTls::chain).orElse(List.of()).stream()
        .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
        .toList();
  }

  private void extend(JcaX509v3CertificateBuilder builder) throws IOException {
    if (authority) {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    }
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
    }
    if (!purposes.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          true,
          new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
    }
    if (knowsUsage) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    }
  }

  private static X500Name nameOf(TestTls signer) {
    return X500Name.getInstance(signer.certificate().getSubjectX500Principal().getEncoded());
  }
}
