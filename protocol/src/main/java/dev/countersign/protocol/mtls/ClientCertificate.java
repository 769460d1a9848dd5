package dev.countersign.protocol.mtls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The certificate of a caller, whose key was proven in the TLS handshake. Who signed it, and
 * whether it is still valid, is not said.
 */
public final class ClientCertificate {
  private final List<X509Certificate> chain;
  private final CertificateThumbprint thumbprint;

  private ClientCertificate(List<X509Certificate> chain) {
    this.chain = List.copyOf(chain);
    this.thumbprint = CertificateThumbprint.of(chain.getFirst());
  }

  /**
   * The certificate of a connection.
   *
   * @param chain the certificate itself first, each followed by its issuer; empty if the caller
   *     showed none
   */
  public static Optional<ClientCertificate> of(List<X509Certificate> chain) {
    return chain.isEmpty() ? Optional.empty() : Optional.of(new ClientCertificate(chain));
  }

  /** The certificate itself. */
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** The certificate itself first, each followed by its issuer. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The thumbprint that tokens are bound to. */
  public CertificateThumbprint thumbprint() {
    return thumbprint;
  }

  /** Names the thumbprint alone. */
  @Override
  public String toString() {
    return "ClientCertificate[" + thumbprint + "]";
  }
}
