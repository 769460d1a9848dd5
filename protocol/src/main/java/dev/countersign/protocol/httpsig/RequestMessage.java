package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import java.net.URI;

/**
 * A request as a signature sees it (RFC 9421 section 2). Immutable.
 *
 * @param method as it was sent
 * @param targetUri the full URI that was asked for, as the client wrote it; absolute, with a host,
 *     in ASCII, and without a fragment
 * @param headers the fields before the content
 * @param trailers the fields behind it
 */
public record RequestMessage(String method, String targetUri, Headers headers, Headers trailers) {

  /** Refuses a URI that is not one to send a request to, with {@link IllegalArgumentException}. */
  public RequestMessage {
    URI uri = URI.create(targetUri);
    if (uri.getScheme() == null
        || uri.getRawAuthority() == null
        || uri.getRawFragment() != null
        || !targetUri.equals(uri.toASCIIString())) {
      throw new IllegalArgumentException(
          "RequestMessage.targetUri must be absolute, with a host, without fragment (SIG-3)");
    }
  }

  /** A request without trailers. */
  public static RequestMessage of(String method, URI target, Headers headers) {
    return new RequestMessage(method, target.toString(), headers, Headers.NONE);
  }

  URI uri() {
    return URI.create(targetUri);
  }

  /** The method alone: the rest may be personal. */
  @Override
  public String toString() {
    return "RequestMessage[" + method + "]";
  }
}
