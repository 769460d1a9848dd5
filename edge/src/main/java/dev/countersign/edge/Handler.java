package dev.countersign.edge;

import java.util.Optional;

/**
 * Answers one request. Runs on a virtual thread of its own and may block.
 *
 * <p>Whatever {@link #handle} throws becomes status 500 with an empty body; refusals of the
 * application are mapped to their answers before the edge sees them.
 */
@FunctionalInterface
public interface Handler {

  /**
   * The answer to {@code request}. Called by many threads at once.
   *
   * @throws Exception on broken code or surroundings; the client sees 500 and nothing of the cause
   */
  HttpResponse handle(HttpRequest request) throws Exception;

  /**
   * The application's own answer to a request that it does not get, so that it can say even then
   * what it says on every answer, and log it. Called by many threads at once, also by those that
   * serve the sockets: it must not block.
   *
   * @return empty, as it is unless overridden: the edge answers with the status alone and logs that
   */
  default Optional<HttpResponse> refuse(RefusedRequest request) {
    return Optional.empty();
  }
}
