package dev.countersign.server.refusal;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys;
import java.time.Instant;
import java.util.Set;

/** What may be used once: its use where nothing else is kept with it, and its refusal. */
public final class Replays {
  private Replays() {}

  /** Uses keys up, or refuses them if one was used before. */
  @Enforces({"CA-3", "DP-15"})
  public static void useUp(OnceKeys store, Set<OnceKey> keys, Instant now) {
    switch (store.useOnce(keys, now)) {
      case OnceKeys.Outcome.Used() -> {}
      case OnceKeys.Outcome.Replayed(OnceKey key) -> throw refuse(key);
    }
  }

  /** What a caller is told whose assertion, proof or request object was used before. */
  @Enforces({"CA-3", "DP-15", "JAR-11"})
  public static RefusalException refuse(OnceKey key) {
    return new RefusalException(
        switch (key.kind()) {
          case CLIENT_ASSERTION ->
              Refusal.oauth(
                  OAuthError.INVALID_CLIENT, "CA-3", "the client assertion was used before");
          case DPOP_PROOF ->
              Refusal.oauth(
                  OAuthError.INVALID_DPOP_PROOF, "DP-15", "the DPoP proof was used before");
          case REQUEST_OBJECT ->
              Refusal.oauth(
                  OAuthError.INVALID_REQUEST_OBJECT,
                  "JAR-11",
                  "the request object was used before");
        });
  }
}
