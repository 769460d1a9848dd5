package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import java.time.Instant;

/**
 * One endpoint of the authorization server. It throws {@link
 * dev.countersign.protocol.refusal.RefusalException} to refuse; {@link RequestEdge} turns that into
 * the answer, so that an endpoint cannot get the form of an error wrong.
 */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers one request. Called by any number of threads at once; may block.
   *
   * @param now the time of the request, the only one that its rules are judged by
   * @param log takes what the endpoint learns about the caller, for the log line only
   */
  HttpResponse handle(HttpRequest request, Instant now, RequestLog log);
}
