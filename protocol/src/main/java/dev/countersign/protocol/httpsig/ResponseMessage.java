package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;

/**
 * A response as a signature sees it, with the request that it answers (RFC 9421 section 2.4).
 * Immutable.
 *
 * @param status its status code
 * @param headers the fields before the content
 * @param trailers the fields behind it
 * @param request what it answers, with the fields of its own signature if it is signed
 */
public record ResponseMessage(
    int status, Headers headers, Headers trailers, RequestMessage request) {

  /** Refuses, with {@link IllegalArgumentException}, a status that has not three digits. */
  public ResponseMessage {
    if (status < 100 || status > 999) {
      throw new IllegalArgumentException("ResponseMessage.status must have three digits (SIG-3)");
    }
  }

  /** A response without trailers. */
  public static ResponseMessage of(int status, Headers headers, RequestMessage request) {
    return new ResponseMessage(status, headers, Headers.NONE, request);
  }

  /** The status alone: the rest may be personal. */
  @Override
  public String toString() {
    return "ResponseMessage[" + status + "]";
  }
}
