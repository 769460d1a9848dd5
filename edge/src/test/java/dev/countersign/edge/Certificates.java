package dev.countersign.edge;

import java.io.IOException;
import java.math.BigInteger;
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

/** Certificates for tests: one root, and leaves for localhost with as many faults as wanted. */
final class Certificates {
  static final Authority ROOT = root();
  static final Leaf RSA = leaf(rsa(2048)).issue();
  static final Leaf EC = leaf(ec("secp256r1")).issue();

  private Certificates() {}

  record Authority(KeyPair keys, X509Certificate certificate) {}

  record Leaf(KeyPair keys, List<X509Certificate> chain) {
    TlsIdentity identity() {
      try {
        return TlsIdentity.of(chain, keys.getPrivate());
      } catch (InvalidTlsIdentityException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A leaf to be; without faults unless one is asked for. */
  record Plan(
      KeyPair keys,
      String signature,
      boolean names,
      Optional<Integer> usage,
      Optional<KeyPurposeId> purpose) {
    Plan signedWith(String algorithm) {
      return new Plan(keys, algorithm, names, usage, purpose);
    }

    Plan withoutNames() {
      return new Plan(keys, signature, false, usage, purpose);
    }

    Plan forUsage(int bits) {
      return new Plan(keys, signature, names, Optional.of(bits), purpose);
    }

    Plan forPurpose(KeyPurposeId id) {
      return new Plan(keys, signature, names, usage, Optional.of(id));
    }

    Leaf issue() {
      return new Leaf(keys, List.of(certificate(this), ROOT.certificate()));
    }
  }

  static Plan leaf(KeyPair keys) {
    return new Plan(keys, "SHA256withECDSA", true, Optional.empty(), Optional.empty());
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static X509Certificate certificate(Plan plan) {
    JcaX509v3CertificateBuilder builder = builder("CN=localhost", Duration.ofDays(1), plan.keys());
    try {
      if (plan.names()) {
        GeneralName[] names = {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      if (plan.usage().isPresent()) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(plan.usage().get()));
      }
      if (plan.purpose().isPresent()) {
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(plan.purpose().get()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return sign(builder, plan.signature(), ROOT.keys());
  }

  private static Authority root() {
    KeyPair keys = ec("secp256r1");
    JcaX509v3CertificateBuilder builder = builder("CN=Root of the tests", Duration.ofDays(2), keys);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new Authority(keys, sign(builder, "SHA256withECDSA", keys));
  }

  private static JcaX509v3CertificateBuilder builder(
      String subject, Duration validity, KeyPair keys) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        new X500Name("CN=Root of the tests"),
        new BigInteger(64, new SecureRandom()),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(validity)),
        new X500Name(subject),
        keys.getPublic());
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder, String algorithm, KeyPair issuer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm).build(issuer.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
