package dev.countersign.resource;

import dev.countersign.protocol.http.Headers;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The part of an HTTP request that decides whether it is let through.
 *
 * @param method as sent, case-sensitive
 * @param path the raw path after the public URL's own path, beginning with {@code /}, undecoded
 * @param query the raw query without {@code ?}, undecoded
 * @param headers all header fields
 * @param clientCertificates the client's certificate of the TLS connection, each followed by its
 *     issuer; the key of the first was proven in the handshake, who signed it does not matter. A
 *     host behind a proxy puts in what that proxy says, and nothing that came from further away.
 *     Empty if there is none
 */
public record ResourceRequest(
    String method,
    String path,
    Optional<String> query,
    Headers headers,
    List<X509Certificate> clientCertificates) {

  /** Refuses a path that does not begin with a slash. */
  public ResourceRequest {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("ResourceRequest.path must begin with /");
    }
    clientCertificates = List.copyOf(clientCertificates);
  }

  /** A request without a client certificate. */
  public ResourceRequest(String method, String path, Optional<String> query, Headers headers) {
    this(method, path, query, headers, List.of());
  }
}
