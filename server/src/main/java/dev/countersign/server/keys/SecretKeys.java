package dev.countersign.server.keys;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.KeyRecords;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Secret keys that the server alone uses, kept in the store. */
public final class SecretKeys {
  private static final int BYTES = 32;

  private SecretKeys() {}

  /**
   * The keys of a purpose, 32 bytes each, the newest first; made and kept if there are none yet.
   *
   * @param purpose what they are for; no key serves two purposes
   * @throws IllegalStateException if the store holds what is no such key
   */
  public static List<byte[]> load(
      KeyRecords records, String purpose, SecureRandom random, Instant now) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    byte[] name = new byte[16];
    random.nextBytes(name);
    JsonObject jwk = JsonObject.builder().put("kty", "oct").put("k", encode(secret)).build();
    KeyRecord fresh = new KeyRecord(encode(name), jwk, now);
    return records.keysOrCreate(purpose, List.of(fresh)).reversed().stream()
        .map(SecretKeys::secret)
        .toList();
  }

  private static byte[] secret(KeyRecord record) {
    try {
      byte[] secret =
          record
              .secret()
              .string("k")
              .map(Base64.getUrlDecoder()::decode)
              .orElseGet(() -> new byte[0]);
      if (secret.length == BYTES) {
        return secret;
      }
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw broken(record);
    }
    throw broken(record);
  }

  private static IllegalStateException broken(KeyRecord record) {
    return new IllegalStateException("secret key " + record.id() + " in the store is broken");
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
