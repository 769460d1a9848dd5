package dev.countersign.edge;

/**
 * Answers one request. Runs on a virtual thread of its own and may block.
 *
 * <p>Whatever it throws becomes status 500 with an empty body; refusals of the application are
 * mapped to their answers before the edge sees them.
 */
@FunctionalInterface
public interface Handler {

  /**
   * The answer to {@code request}. Called by many threads at once.
   *
   * @throws Exception on broken code or surroundings; the client sees 500 and nothing of the cause
   */
  HttpResponse handle(HttpRequest request) throws Exception;
}
