package dev.countersign.server.keys;

import dev.countersign.store.KeyRecords;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** The keys that authenticate DPoP nonces. */
public final class NonceKeys {
  private NonceKeys() {}

  /**
   * The nonce keys of a purpose, the newest first; made and kept if there are none yet.
   *
   * @param purpose {@code as} or {@code rs}: one's nonces are worthless at the other
   * @throws IllegalStateException if the store holds what is no such key
   */
  public static List<byte[]> load(
      KeyRecords records, String purpose, SecureRandom random, Instant now) {
    return SecretKeys.load(records, "dpop-nonce-" + purpose, random, now);
  }
}
