package dev.countersign.server.interaction;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.server.par.PermittedRequest;

/**
 * Whether the client may still make the request that it pushed: what it is registered for may have
 * changed since (PAR-13).
 */
sealed interface Permission {

  /** It may. */
  record Given(PermittedRequest request) implements Permission {}

  /**
   * It may not any more, but its redirect URI is still good: it is told there.
   *
   * @param error what it gets
   * @param description constant text
   */
  record Withdrawn(OAuthError error, String description) implements Permission {}
}
