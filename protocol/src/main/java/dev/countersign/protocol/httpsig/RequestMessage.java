package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * A request as a signature sees it (RFC 9421 section 2). Immutable.
 *
 * @param method as it was sent
 * @param targetUri the full URI that was asked for, as the client wrote it; an http or https URL
 *     with a host, in ASCII, without user and fragment
 * @param headers the fields before the content
 * @param trailers the fields behind it
 */
public record RequestMessage(String method, String targetUri, Headers headers, Headers trailers) {

  /** Refuses a URI that is not one to send a request to, with {@link IllegalArgumentException}. */
  @Enforces("SIG-3")
  public RequestMessage {
    if (!isTarget(targetUri)) {
      throw new IllegalArgumentException(
          "RequestMessage.targetUri must be an http or https URL in ASCII, with a host, without"
              + " user and fragment (SIG-3)");
    }
  }

  /** Without the message of the JDK, which would hold what may be personal. */
  private static boolean isTarget(String text) {
    try {
      URI uri = new URI(text);
      return isHttp(uri)
          && uri.getRawAuthority() != null
          && uri.getRawAuthority().indexOf('@') < 0
          && uri.getRawFragment() == null
          && text.equals(uri.toASCIIString());
    } catch (URISyntaxException notAUri) {
      return false;
    }
  }

  private static boolean isHttp(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
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
