package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.Refusal;

/**
 * The form that refusals take at an endpoint: JSON for clients, a challenge at a resource, a page
 * for people.
 */
@FunctionalInterface
public interface RefusalWriter {

  /**
   * The answer to a refused request. Holds the refusal's public text and nothing of its detail.
   *
   * @param request what was refused; only for the form of the answer, never echoed into it
   * @param id names the request in the log, so that a person can point to it
   */
  HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id);
}
