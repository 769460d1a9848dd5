package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.play.Lab;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that look like those of somebody else. */
final class Doubles {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int SERIAL_BITS = 120;

  private Doubles() {}

  /** The same subject, signed by itself, with a fresh key. */
  static TestCertificate sameName(TestCertificate of, Lab lab) {
    KeyPair pair = pair(lab);
    return made(of, pair, lab);
  }

  /** The same subject and the same key, signed by itself: another certificate nevertheless. */
  static TestCertificate sameKey(TestCertificate of, Lab lab) {
    return made(of, new KeyPair(of.own().getPublicKey(), of.key()), lab);
  }

  /** The certificate as a proxy would hand it on (RFC 9440). */
  static String field(TestCertificate of) {
    try {
      return ":" + Base64.getEncoder().encodeToString(of.own().getEncoded()) + ":";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate has an encoding", e);
    }
  }

  private static TestCertificate made(TestCertificate of, KeyPair pair, Lab lab) {
    X500Principal name = of.own().getSubjectX500Principal();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, lab.random()).setBit(0),
              Date.from(lab.now().minus(LIFE)),
              Date.from(lab.now().plus(LIFE)),
              name,
              pair.getPublic());
      return new TestCertificate(
          List.of(
              new JcaX509CertificateConverter()
                  .getCertificate(
                      builder.build(
                          new JcaContentSignerBuilder(algorithm(pair.getPrivate()))
                              .build(pair.getPrivate())))),
          pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }

  private static KeyPair pair(Lab lab) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), lab.random());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has P-256", e);
    }
  }
}
