package dev.countersign.it.vectors;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a verifier has before it: a request, or a response and the request that it answers.
 *
 * @param request as the one who verifies knows it: received, or sent
 * @param response if it is the response that is verified
 */
record Exchange(Message request, Optional<Message> response) {

  static Exchange of(Message request) {
    return new Exchange(request, Optional.empty());
  }

  Exchange answered(Message answer) {
    return new Exchange(request, Optional.of(answer));
  }

  /** The message that is verified. */
  Message subject() {
    return response.orElse(request);
  }

  /** The message that is verified, changed. */
  Exchange changed(UnaryOperator<Message> change) {
    return response.isPresent()
        ? answered(change.apply(response.get()))
        : Exchange.of(change.apply(request));
  }

  /** The request of a response, changed. */
  Exchange changedRequest(UnaryOperator<Message> change) {
    return new Exchange(change.apply(request), response);
  }
}
