package dev.countersign.remote;

import dev.countersign.protocol.http.Headers;

/** A whole HTTP answer, of any status; redirects are answers like any other. Immutable. */
public final class RemoteAnswer {

  private final int status;
  private final Headers headers;
  private final byte[] body;

  RemoteAnswer(int status, Headers headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The fields, names compared without case. */
  public Headers headers() {
    return headers;
  }

  /** A copy of the content, empty if there was none; within the bound of the exchange. */
  public byte[] body() {
    return body.clone();
  }

  /** Status and size only: an answer of a token endpoint is full of secrets. */
  @Override
  public String toString() {
    return "RemoteAnswer[status=" + status + ", bytes=" + body.length + "]";
  }
}
