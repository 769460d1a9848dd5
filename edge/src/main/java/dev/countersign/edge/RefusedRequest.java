package dev.countersign.edge;

import dev.countersign.requirement.RequirementId;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that the edge does not hand on: it is broken, too large or too slow, or came while the
 * server stops.
 *
 * @param status what it is answered with, 400 to 599: 400 for what is no HTTP, 408, 413, 414, 431
 *     for what is over a limit, 501 for a body in an unknown coding, 503 while the server stops
 * @param head the request without its body, if as much as that could be read
 * @param reason what is wrong with it, where a requirement says so and HTTP does not
 */
public record RefusedRequest(int status, Optional<HttpRequest> head, Optional<Reason> reason) {

  /**
   * The requirement that a request does not meet.
   *
   * @param rule its id
   * @param detail what was expected; for the log, never with anything of the request
   */
  public record Reason(RequirementId rule, String detail) {}

  /** Refuses a status that refuses nothing. */
  public RefusedRequest {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be 400 to 599, not " + status);
    }
    Objects.requireNonNull(reason, "reason");
  }

  /** One that HTTP itself or a limit refuses. */
  public RefusedRequest(int status, Optional<HttpRequest> head) {
    this(status, head, Optional.empty());
  }
}
