package dev.countersign.attacker.forge;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.play.Lab;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that nobody trusts, with the names of those that somebody does. */
public final class Certificates {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int SERIAL_BITS = 120;
  private static final int COORDINATE = 32;
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";

  private Certificates() {}

  /** One that signs itself, with a fresh key. */
  public static TestCertificate selfSigned(String subject, Lab lab) {
    return made(new X500Principal(subject), Optional.empty(), pair(lab), lab.now(), lab);
  }

  /** The same names as this one, signed by itself, with a fresh key. */
  public static TestCertificate selfSignedCopy(TestCertificate of, Lab lab) {
    X500Principal subject = of.own().getSubjectX500Principal();
    return made(subject, Optional.of(of.own()), pair(lab), lab.now(), lab);
  }

  /** The same names and the same key, signed by itself again. */
  public static TestCertificate renewed(TestCertificate of, Lab lab) {
    X500Principal subject = of.own().getSubjectX500Principal();
    KeyPair pair = new KeyPair(of.own().getPublicKey(), of.key());
    return made(subject, Optional.of(of.own()), pair, lab.now(), lab);
  }

  /** The same names, signed by itself, and expired. */
  public static TestCertificate expiredCopy(TestCertificate of, Lab lab) {
    X500Principal subject = of.own().getSubjectX500Principal();
    Instant then = lab.now().minus(LIFE.multipliedBy(4));
    return made(subject, Optional.of(of.own()), pair(lab), then, lab);
  }

  /** The same names, signed by an authority of the attacker that has this name. */
  public static TestCertificate otherAuthority(TestCertificate of, X500Principal issuer, Lab lab) {
    KeyPair above = pair(lab);
    KeyPair pair = pair(lab);
    X500Principal subject = of.own().getSubjectX500Principal();
    X509Certificate authority =
        certificate(
            new Names(issuer, issuer, Optional.empty(), true), above.getPublic(), above, lab);
    X509Certificate own =
        certificate(
            new Names(subject, issuer, Optional.of(of.own()), false), pair.getPublic(), above, lab);
    return new TestCertificate(List.of(own, authority), pair.getPrivate());
  }

  /**
   * A certificate below one that may sign nothing: a client's, which is in the attacker's hands.
   */
  public static TestCertificate below(TestCertificate client, TestCertificate names, Lab lab) {
    KeyPair pair = pair(lab);
    X500Principal subject = names.own().getSubjectX500Principal();
    X500Principal issuer = client.own().getSubjectX500Principal();
    X509Certificate own =
        certificate(
            new Names(subject, issuer, Optional.of(names.own()), false),
            pair.getPublic(),
            new KeyPair(client.own().getPublicKey(), client.key()),
            lab);
    return new TestCertificate(
        Stream.concat(Stream.of(own), client.chain().stream()).toList(), pair.getPrivate());
  }

  /** DER in base64, as {@code x5c} has it. */
  public static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate has a DER", e);
    }
  }

  /** The key of a certificate that was made here, to sign JWTs by. */
  public static SigningKey signingKey(TestCertificate made) {
    ECPublicKey half = (ECPublicKey) made.own().getPublicKey();
    JsonObject jwk =
        JsonObject.builder()
            .put("kty", "EC")
            .put("crv", "P-256")
            .put("x", Keys.base64(Keys.fixed(half.getW().getAffineX(), COORDINATE)))
            .put("y", Keys.base64(Keys.fixed(half.getW().getAffineY(), COORDINATE)))
            .put("d", Keys.base64(Keys.fixed(((ECPrivateKey) made.key()).getS(), COORDINATE)))
            .build();
    try {
      return SigningKey.fromPrivateJwk(jwk);
    } catch (InvalidJwkException e) {
      throw new IllegalStateException("a key that was just made is one", e);
    }
  }

  private record Names(
      X500Principal subject,
      X500Principal issuer,
      Optional<X509Certificate> alternatives,
      boolean authority) {}

  private static TestCertificate made(
      X500Principal subject,
      Optional<X509Certificate> alternatives,
      KeyPair pair,
      Instant from,
      Lab lab) {
    Names names = new Names(subject, subject, alternatives, false);
    X509Certificate own = certificate(names, pair.getPublic(), pair, from, lab);
    return new TestCertificate(List.of(own), pair.getPrivate());
  }

  private static X509Certificate certificate(Names names, PublicKey key, KeyPair signer, Lab lab) {
    return certificate(names, key, signer, lab.now(), lab);
  }

  private static X509Certificate certificate(
      Names names, PublicKey key, KeyPair signer, Instant from, Lab lab) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              names.issuer(),
              new BigInteger(SERIAL_BITS, lab.random()).setBit(0),
              Date.from(from.minus(LIFE)),
              Date.from(from.plus(LIFE)),
              names.subject(),
              key);
      if (names.authority()) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      }
      if (names.alternatives().isPresent()) {
        copyNames(names.alternatives().get(), builder);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder(algorithm(signer.getPrivate()))
                      .build(signer.getPrivate())));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  /** A client may be known by one of its alternative names. */
  private static void copyNames(X509Certificate from, JcaX509v3CertificateBuilder builder)
      throws IOException {
    byte[] names = from.getExtensionValue(ALTERNATIVE_NAMES);
    if (names != null) {
      byte[] inner = ASN1OctetString.getInstance(names).getOctets();
      builder.addExtension(
          new ASN1ObjectIdentifier(ALTERNATIVE_NAMES), false, ASN1Primitive.fromByteArray(inner));
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
