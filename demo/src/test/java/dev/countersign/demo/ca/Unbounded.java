package dev.countersign.demo.ca;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Authorities that may sign more than ours may. */
final class Unbounded {
  private Unbounded() {}

  /** For every name in the world. */
  static Authority authority(Instant now, SecureRandom random) throws Exception {
    return authority(now, random, List.of(KeyPurposeId.id_kp_serverAuth), false);
  }

  /** For the names of this machine, and for code, mail and all else that bears no such name. */
  static Authority inUse(Instant now, SecureRandom random) throws Exception {
    return authority(now, random, List.of(), true);
  }

  private static Authority authority(
      Instant now, SecureRandom random, List<KeyPurposeId> uses, boolean local) throws Exception {
    KeyPair keys = Authority.keyPair(random);
    X500Principal name = new X500Principal("CN=Anybody");
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(now.minusSeconds(60)),
            Date.from(now.plus(Duration.ofDays(100))),
            name,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    if (!uses.isEmpty()) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(uses.toArray(KeyPurposeId[]::new)));
    }
    if (local) {
      builder.addExtension(Extension.nameConstraints, true, LocalNames.constraints());
    }
    return new Authority(
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))),
        keys.getPrivate());
  }
}
