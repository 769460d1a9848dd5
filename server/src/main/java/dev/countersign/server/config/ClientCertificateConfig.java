package dev.countersign.server.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whether clients can show certificates here, and whose signature on them counts.
 *
 * @param asked whether anybody asks them: a second listener, or a proxy that is believed
 * @param authorities who may sign the certificates of clients ({@code tls_client_auth}); a client
 *     that registers its certificate itself needs none
 */
public record ClientCertificateConfig(boolean asked, List<X509Certificate> authorities) {
  /** Nobody asks. */
  public static final ClientCertificateConfig NONE = new ClientCertificateConfig(false, List.of());

  /** Copies the list. */
  public ClientCertificateConfig {
    authorities = List.copyOf(authorities);
  }

  /** Whether a client can be registered for {@code tls_client_auth}. */
  public boolean knowsAuthorities() {
    return asked && !authorities.isEmpty();
  }
}
