package dev.countersign.store;

import dev.countersign.protocol.json.JsonObject;
import java.time.Instant;

/**
 * A secret of the server itself that all its nodes share: a signing key or the key of the DPoP
 * nonces. {@link #toString()} does not show it.
 *
 * @param id unique within its purpose, for instance the {@code kid}
 * @param secret the key as a private JWK
 * @param createdAt when it was made
 */
public record KeyRecord(String id, JsonObject secret, Instant createdAt) {

  @Override
  public String toString() {
    return "KeyRecord[" + id + "]";
  }
}
