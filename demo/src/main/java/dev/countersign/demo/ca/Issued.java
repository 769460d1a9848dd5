package dev.countersign.demo.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A certificate that was made, with its key.
 *
 * @param chain the certificate itself; the authority above it, if there is one, is known to those
 *     who trust it
 * @param key its private key, of EC P-256
 */
public record Issued(List<X509Certificate> chain, PrivateKey key) {

  /** Copies the list. */
  public Issued {
    chain = List.copyOf(chain);
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** Certificate and key as one text (RFC 7468); a secret. */
  public String pem() {
    return chain.stream().map(AuthorityPem::certificate).collect(Collectors.joining())
        + AuthorityPem.key(key);
  }

  /** The certificate's subject only. */
  @Override
  public String toString() {
    return "Issued[" + certificate().getSubjectX500Principal().getName() + "]";
  }
}
