package dev.countersign.server.config;

import dev.countersign.protocol.http.Authority;
import java.net.URI;
import java.util.Optional;

/**
 * The second listener, which asks clients for a certificate (RFC 8705 section 5).
 *
 * @param origin its public address: scheme, host and perhaps port, without a path
 * @param listen where it listens
 * @param tls its certificate; empty: that of the first listener
 */
public record MtlsConfig(URI origin, ListenAddress listen, Optional<TlsFiles> tls) {

  /** Refuses an address that is more than an https origin. */
  public MtlsConfig {
    if (!"https".equals(origin.getScheme())
        || !Authority.isPlain(origin)
        || !origin.getRawPath().isEmpty()
        || origin.getRawQuery() != null
        || origin.getRawFragment() != null) {
      throw new IllegalArgumentException("MtlsConfig.origin must be https://host or with a port");
    }
  }

  /**
   * The public URL that an endpoint has on this listener too: the same path at another origin.
   *
   * @param endpoint its URL below the issuer
   */
  public URI alias(URI endpoint) {
    return URI.create("https://" + origin.getRawAuthority() + endpoint.getRawPath());
  }
}
