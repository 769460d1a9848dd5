package dev.countersign.edge;

import dev.countersign.protocol.http.Headers;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A whole request as it came over the wire: nothing decoded, nothing normalised. The text form
 * holds the method only, because everything else may be secret.
 *
 * @param method the method, case kept, for example {@code GET}
 * @param path the raw path, beginning with {@code /}, or {@code *} of {@code OPTIONS *}; visible
 *     ASCII, percent-escapes and {@code ;} parameters as sent
 * @param query the raw query without its {@code ?}; present and empty for a lone {@code ?}
 * @param headers the header fields; {@code Host} is there in HTTP/2 too (RFC 9113 section 8.3.1),
 *     and split {@code Cookie} fields of HTTP/2 are joined (section 8.2.3)
 * @param body the body, empty if there is none; copied in and out
 * @param remoteAddress the numeric address of the peer, without port; where the peer is a trusted
 *     proxy, of whom it says
 * @param clientCertificates the client's certificate, followed by those of its issuers as far as
 *     the client sent them; its key was proven in the handshake, with us or with a trusted proxy.
 *     Nothing else is known of it: neither who signed it nor whether it expired. Empty if there is
 *     none
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, never compared
public record HttpRequest(
    String method,
    String path,
    Optional<String> query,
    Headers headers,
    byte[] body,
    String remoteAddress,
    List<X509Certificate> clientCertificates) {

  /** Refuses an empty method and a path that begins neither with {@code /} nor is {@code *}. */
  public HttpRequest {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(remoteAddress, "remoteAddress");
    if (method.isEmpty()) {
      throw new IllegalArgumentException("method must not be empty");
    }
    if (!path.startsWith("/") && !path.equals("*")) {
      throw new IllegalArgumentException("path must begin with a slash, or be *");
    }
    body = body.clone();
    clientCertificates = List.copyOf(clientCertificates);
  }

  /** A request without a client certificate. */
  public HttpRequest(
      String method,
      String path,
      Optional<String> query,
      Headers headers,
      byte[] body,
      String remoteAddress) {
    this(method, path, query, headers, body, remoteAddress, List.of());
  }

  /** The body, a copy of its own for each caller. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** This request with a body. */
  HttpRequest withBody(byte[] bytes) {
    return new HttpRequest(method, path, query, headers, bytes, remoteAddress, clientCertificates);
  }

  /** This request from another address than the peer's. */
  HttpRequest withRemoteAddress(String address) {
    return new HttpRequest(method, path, query, headers, body, address, clientCertificates);
  }

  /** This request with the certificates of another than the peer. */
  HttpRequest withClientCertificates(List<X509Certificate> chain) {
    return new HttpRequest(method, path, query, headers, body, remoteAddress, chain);
  }

  @Override
  public String toString() {
    return "HttpRequest[" + method + "]";
  }
}
