package dev.countersign.server.config;

import dev.countersign.edge.TrustedProxies;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration makes of client certificates.
 *
 * @param shown whether clients can show one: at the second listener, or by a proxy
 * @param listener whether there is the second listener, and so aliases of endpoints
 * @param authorities whether any authority is trusted to sign one
 */
record CertificateUse(boolean shown, boolean listener, boolean authorities) {

  static CertificateUse of(
      Optional<Optional<MtlsConfig>> mtls,
      Optional<TrustedProxies> proxies,
      List<X509Certificate> authorities) {
    // A section that is wrong is reported itself; nothing is to be said twice.
    boolean listener = mtls.isEmpty() || mtls.get().isPresent();
    boolean byProxy = proxies.isEmpty() || proxies.get().clientCertificate();
    return new CertificateUse(listener || byProxy, listener, !authorities.isEmpty());
  }

  /** Reports a key that needs certificates where none is ever seen. */
  void requireShown(Section section, String key) {
    if (!shown) {
      section.problem(
          key,
          "needs mtls.url, or trusted_proxies with client_certificate: true: without, no client"
              + " certificate is ever seen",
          "");
    }
  }
}
