package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import java.util.Locale;

/** How a request ended, read from its answer. */
enum Outcome {
  /** It was answered as it wished. */
  DONE,
  /** It was sent back for a nonce that its proof has to hold. */
  CHALLENGED,
  /** It was refused by a rule. */
  REFUSED,
  /** It failed, and nobody named a rule. */
  FAILED;

  /** The name in JSON. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outcome of(Exchange exchange) {
    if (exchange.refusal().filter(Outcome::wantsNonce).isPresent()) {
      return CHALLENGED;
    }
    if (exchange.refusal().isPresent()) {
      return REFUSED;
    }
    return exchange.response().status() < 400 ? DONE : FAILED;
  }

  private static boolean wantsNonce(Refusal refusal) {
    return refusal instanceof Refusal.OAuth oauth && oauth.error() == OAuthError.USE_DPOP_NONCE;
  }
}
