package dev.countersign.remote;

import dev.countersign.protocol.http.Headers;
import java.util.Arrays;

/**
 * A whole HTTP answer, of any status; redirects are answers like any other.
 *
 * @param status the HTTP status
 * @param headers the fields, names compared without case
 * @param body the content, empty if there was none; within the bound of the exchange
 */
public record RemoteAnswer(int status, Headers headers, byte[] body) {

  /** Keeps a copy of the body. */
  public RemoteAnswer {
    body = body.clone();
  }

  /** A copy of the content. */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** Equal in status, fields and content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RemoteAnswer that
        && status == that.status
        && headers.equals(that.headers)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return 31 * status + Arrays.hashCode(body);
  }

  /** Status and size only: an answer of a token endpoint is full of secrets. */
  @Override
  public String toString() {
    return "RemoteAnswer[status=" + status + ", bytes=" + body.length + "]";
  }
}
