package dev.countersign.edge;

import java.util.Optional;

/**
 * A request that the edge does not hand on: it is broken, too large or too slow, or came while the
 * server stops.
 *
 * @param status what it is answered with, 400 to 599: 400 for what is no HTTP, 408, 413, 414, 431
 *     for what is over a limit, 501 for a body in an unknown coding, 503 while the server stops
 * @param head the request without its body, if as much as that could be read
 */
public record RefusedRequest(int status, Optional<HttpRequest> head) {

  /** Refuses a status that refuses nothing. */
  public RefusedRequest {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be 400 to 599, not " + status);
    }
  }
}
