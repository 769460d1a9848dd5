package dev.countersign.cli.conformance;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for one run of this command (RFC 5280), good for 90 days. Its key is in
 * no file: it can sign nothing afterwards. The keys of clients are RSA, because all versions of the
 * suite read those; its own and the server's are EC.
 */
final class TestAuthority {
  private static final Duration LIFETIME = Duration.ofDays(90);
  private static final Duration BACKDATED = Duration.ofMinutes(1);
  private static final String ORGANISATION = ", O=Countersign conformance test";
  private static final int RSA_BITS = 2048;
  private static final int SERIAL_BITS = 159;

  private final Instant now;
  private final SecureRandom random;
  private final Credential own;

  private TestAuthority(Instant now, SecureRandom random) {
    this.now = now;
    this.random = random;
    this.own = selfSigned("CN=Authority" + ORGANISATION, true);
  }

  static TestAuthority create(Instant now, SecureRandom random) {
    return new TestAuthority(now, random);
  }

  /** Its own certificate as PEM. */
  String certificatePem() {
    return own.certificatePem();
  }

  /** A server's. */
  Credential server(String host) {
    KeyPair keys = ecKeys();
    return build(
        "CN=Server" + ORGANISATION,
        keys,
        builder -> {
          leaf(builder, KeyPurposeId.id_kp_serverAuth);
          builder.addExtension(
              Extension.subjectAlternativeName, false, new GeneralNames(name(host)));
        },
        own);
  }

  /** A client's, signed by the authority. */
  Credential client(String name) {
    return build(
        "CN=" + name + ORGANISATION,
        rsaKeys(),
        builder -> leaf(builder, KeyPurposeId.id_kp_clientAuth),
        own);
  }

  /** A client's, signed by nobody but its own key. */
  Credential selfSignedClient(String name) {
    return selfSigned("CN=" + name + ORGANISATION, false);
  }

  @FunctionalInterface
  private interface Extensions {
    void addTo(JcaX509v3CertificateBuilder builder) throws CertIOException;
  }

  private Credential selfSigned(String subject, boolean authority) {
    KeyPair keys = authority ? ecKeys() : rsaKeys();
    Extensions extensions =
        builder -> {
          if (authority) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
          } else {
            leaf(builder, KeyPurposeId.id_kp_clientAuth);
          }
        };
    return build(subject, keys, extensions, new Signer(subject, keys));
  }

  private static void leaf(JcaX509v3CertificateBuilder builder, KeyPurposeId purpose)
      throws CertIOException {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
  }

  private record Signer(String subject, KeyPair keys) {}

  private Credential build(
      String subject, KeyPair keys, Extensions extensions, Credential authority) {
    return build(
        subject,
        keys,
        extensions,
        new Signer(
            authority.subject(),
            new KeyPair(authority.certificate().getPublicKey(), authority.key())));
  }

  private Credential build(String subject, KeyPair keys, Extensions extensions, Signer signer) {
    // Positive and at most 20 octets (RFC 5280 section 4.1.2.2).
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(0);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal(signer.subject()),
            serial,
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(LIFETIME)),
            new X500Principal(subject),
            keys.getPublic());
    try {
      extensions.addTo(builder);
      return new Credential(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder(algorithm(signer.keys().getPrivate()))
                          .build(signer.keys().getPrivate()))),
          keys.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("no certificate can be made for " + subject, e);
    }
  }

  private static String algorithm(PrivateKey key) {
    return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
  }

  private KeyPair rsaKeys() {
    return keys("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
  }

  private KeyPair ecKeys() {
    return keys("EC", new ECGenParameterSpec("secp256r1"));
  }

  private KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key can be made", e);
    }
  }

  /** In a URL an address of IP version 6 stands in brackets, in a certificate it does not. */
  private static GeneralName name(String host) {
    String bare = host.replaceAll("^\\[|]$", "");
    return new GeneralName(isAddress(bare) ? GeneralName.iPAddress : GeneralName.dNSName, bare);
  }

  private static boolean isAddress(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      // It is a name.
      return false;
    }
  }
}
