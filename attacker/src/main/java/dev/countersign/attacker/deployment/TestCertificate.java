package dev.countersign.attacker.deployment;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate to show in TLS, with its key.
 *
 * @param chain its own first, then those above it
 * @param key its private key
 */
public record TestCertificate(List<X509Certificate> chain, PrivateKey key) {

  /** Copies the list. */
  public TestCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a certificate is missing");
    }
  }

  /** The certificate itself. */
  public X509Certificate own() {
    return chain.getFirst();
  }

  /** Its subject alone. */
  @Override
  public String toString() {
    return "TestCertificate[" + own().getSubjectX500Principal() + "]";
  }
}
