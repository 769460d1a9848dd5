package dev.countersign.demo.ca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;

/**
 * An authority that can sign.
 *
 * @param key of EC P-256
 */
record Authority(X509Certificate certificate, PrivateKey key) {

  /** A new one, good for this time. */
  static Authority create(Instant from, Instant until, SecureRandom random)
      throws GeneralSecurityException {
    KeyPair keys = keyPair(random);
    return new Authority(
        new CertificateMaker(from, until, random).authority(keys), keys.getPrivate());
  }

  static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /** The certificate's subject only. */
  @Override
  public String toString() {
    return "Authority[" + certificate.getSubjectX500Principal().getName() + "]";
  }
}
