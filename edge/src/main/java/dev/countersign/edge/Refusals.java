package dev.countersign.edge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what is not handed on: as the application says, or else with the status, no body and
 * nothing about the request or the server.
 */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final Handler handler;

  Refusals(Handler handler) {
    this.handler = handler;
  }

  HttpResponse answer(RefusedRequest refused) {
    try {
      return handler.refuse(refused).orElseGet(() -> bare(refused));
    } catch (RuntimeException e) {
      LOG.error("no answer to a refused request: {}", FailureLine.of(e));
      return bare(refused);
    }
  }

  private static HttpResponse bare(RefusedRequest refused) {
    LOG.info("refused below the application: {}", refused.status());
    return HttpResponse.empty(refused.status());
  }
}
