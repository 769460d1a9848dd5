package dev.countersign.server.keys;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.KeyRecords;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys that sign tokens, by algorithm. Immutable. */
public final class SigningKeys {
  private final Map<SignatureAlgorithm, List<SigningKey>> byAlgorithm;

  private SigningKeys(Map<SignatureAlgorithm, List<SigningKey>> byAlgorithm) {
    this.byAlgorithm = byAlgorithm;
  }

  /**
   * The keys of the store; for an algorithm that has none yet, a new one is made and kept first.
   *
   * @param algorithms what the server signs with; not empty
   * @throws IllegalStateException if the store holds what is no key of that algorithm
   */
  @Enforces({"SP-6.8-2"})
  public static SigningKeys load(
      KeyRecords records,
      Jose jose,
      Set<SignatureAlgorithm> algorithms,
      SecureRandom random,
      Instant now) {
    Map<SignatureAlgorithm, List<SigningKey>> keys = new EnumMap<>(SignatureAlgorithm.class);
    for (SignatureAlgorithm algorithm : algorithms) {
      SigningKey fresh = jose.generate(algorithm, random);
      KeyRecord record = new KeyRecord(fresh.kid(), fresh.toPrivateJwk(), now);
      List<KeyRecord> kept =
          records.keysOrCreate("signing-" + algorithm.joseName(), List.of(record));
      keys.put(algorithm, kept.stream().map(SigningKeys::key).toList());
    }
    return new SigningKeys(keys);
  }

  /**
   * The key that signs with the algorithm: the newest.
   *
   * @throws IllegalStateException if the server does not sign with it
   */
  public SigningKey key(SignatureAlgorithm algorithm) {
    return Optional.ofNullable(byAlgorithm.get(algorithm))
        .orElseThrow(() -> new IllegalStateException("no key of " + algorithm.joseName()))
        .getLast();
  }

  /** The algorithms there are keys of, always in the same order. */
  public Set<SignatureAlgorithm> algorithms() {
    return Collections.unmodifiableSet(byAlgorithm.keySet());
  }

  /** The public parts of all keys, each under its own {@code kid}. */
  @Enforces({"SP-5.4.2-0", "SP-5.4.2-3"})
  public JwkSet publicKeys() {
    return JwkSet.of(
        byAlgorithm.values().stream().flatMap(List::stream).map(SigningKey::publicJwk).toList());
  }

  private static SigningKey key(KeyRecord record) {
    JsonObject secret = record.secret();
    try {
      return SigningKey.fromPrivateJwk(secret);
    } catch (InvalidJwkException e) {
      throw new IllegalStateException("signing key " + record.id() + " in the store is broken", e);
    }
  }
}
