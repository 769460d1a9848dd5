package dev.countersign.remote;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;

/** A whole HTTP answer, of any status; redirects are answers like any other. Immutable. */
public final class RemoteAnswer {

  /** The highest bound that {@link JsonLimits} knows. */
  private static final int MOST_JSON_BYTES = 16 * 1024 * 1024;

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

  /**
   * The content as one JSON object: as large as the exchange takes, up to 16 MiB, and as deep as
   * {@link JsonLimits#DEFAULT} says.
   *
   * @throws MalformedJsonException if it is not one, strictly read
   */
  public JsonObject json() throws MalformedJsonException {
    int size = Math.clamp(body.length, 1, MOST_JSON_BYTES);
    return JsonObject.parse(body, JsonLimits.DEFAULT.withMaxBytes(size));
  }

  /** Status and size only: an answer of a token endpoint is full of secrets. */
  @Override
  public String toString() {
    return "RemoteAnswer[status=" + status + ", bytes=" + body.length + "]";
  }
}
