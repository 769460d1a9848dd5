package dev.countersign.server.refusal;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.refusal.Refusal;
import java.util.Optional;

/**
 * How a request ended.
 *
 * @param response the answer
 * @param endpoint the name of the endpoint, {@code none} if there was none
 * @param refusal why it was refused
 * @param cause what broke on our side
 */
record Outcome(
    HttpResponse response, String endpoint, Optional<Refusal> refusal, Optional<Exception> cause) {

  Outcome with(String header, String value) {
    return new Outcome(response.with(header, value), endpoint, refusal, cause);
  }
}
