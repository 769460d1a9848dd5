package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A set of public keys (RFC 7517 section 5), those we can verify with. Immutable. */
public final class JwkSet {

  /** Our choice: nobody needs more, and each is tried when {@code kid} does not tell. */
  private static final int MAX_KEYS = 32;

  private final List<PublicJwk> keys;

  private JwkSet(List<PublicJwk> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads a set. Keys that are of no use to us - another type, curve, algorithm or purpose, too
   * short, not well-formed - are skipped (RFC 7517 section 5).
   *
   * @throws InvalidJwkException if {@code keys} is not an array of at most 32 objects, or if one of
   *     them is a private key: whoever serves that has lost it
   */
  public static JwkSet parse(JsonObject jwks) throws InvalidJwkException {
    List<PublicJwk> usable = new ArrayList<>();
    for (JsonObject jwk : objects(jwks)) {
      if (PublicJwk.isPrivate(jwk)) {
        throw new InvalidJwkException("SP-5.4.1-1.1", "JWK set has a private key");
      }
      PublicJwk.parseIfUsable(jwk).ifPresent(usable::add);
    }
    return new JwkSet(usable);
  }

  private static List<JsonObject> objects(JsonObject jwks) throws InvalidJwkException {
    try {
      List<JsonObject> objects =
          jwks.objects("keys")
              .orElseThrow(() -> new InvalidJwkException("SP-5.4.1-1.1", "JWK set has no keys"));
      if (objects.size() > MAX_KEYS) {
        throw new InvalidJwkException(
            "SP-5.4.1-1.1", "JWK set has more than " + MAX_KEYS + " keys");
      }
      return objects;
    } catch (MalformedJsonException malformed) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "JWK set: " + malformed.reason());
    }
  }

  /** The set of these keys. */
  public static JwkSet of(List<PublicJwk> keys) {
    return new JwkSet(keys);
  }

  /** The keys, in their order. */
  public List<PublicJwk> keys() {
    return keys;
  }

  /**
   * The keys that may have made a signature: those with this {@code kid}, and of them those for
   * this algorithm, since one {@code kid} may name several. Without {@code kid} the algorithm alone
   * decides. Each that is left is to be tried.
   */
  @Enforces({"SP-5.4.3-1"})
  public List<PublicJwk> select(SignatureAlgorithm algorithm, Optional<String> kid) {
    return keys.stream()
        .filter(key -> key.algorithm() == algorithm)
        .filter(key -> kid.isEmpty() || key.kid().equals(kid))
        .toList();
  }

  /** The set as it is served. */
  public JsonObject toJson() {
    return JsonObject.builder().put("keys", keys.stream().map(PublicJwk::toJson).toList()).build();
  }

  /** Whether it has the same keys in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JwkSet set && keys.equals(set.keys);
  }

  @Override
  public int hashCode() {
    return keys.hashCode();
  }

  /** The keys' algorithms and thumbprints. */
  @Override
  public String toString() {
    return "JwkSet" + keys;
  }
}
