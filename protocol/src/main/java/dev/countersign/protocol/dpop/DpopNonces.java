package dev.countersign.protocol.dpop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.requirement.Enforces;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * A server's nonces for DPoP proofs, without memory: each is its time of making and random bytes
 * under a MAC (RFC 9449 section 8). Whoever has one of the keys can judge it; it may be used again
 * and again for its lifetime. The purpose is part of the MAC, so that a nonce of the authorization
 * server is worth nothing at a resource server that happens to share a key.
 *
 * <p>Safe for any number of threads at once.
 */
public final class DpopNonces {

  private static final int MIN_KEY_BYTES = 32;
  private static final int RANDOM_BYTES = 16;
  private static final int BODY_BYTES = Long.BYTES + RANDOM_BYTES;
  private static final int MAC_BYTES = 32;
  // Nodes that share the keys do not share a clock.
  private static final Duration AHEAD = Duration.ofSeconds(30);

  private final Jose jose;
  private final byte[] purpose;
  private final List<byte[]> keys;
  private final Duration lifetime;
  private final SecureRandom random;

  /**
   * @param purpose who demands the nonces, for example {@code as} or {@code rs}
   * @param keys at least one, each of 32 bytes or more; the first makes nonces, all judge them, so
   *     that a key can be replaced
   * @param lifetime how long a nonce is good, more than zero
   */
  public DpopNonces(
      Jose jose, String purpose, List<byte[]> keys, Duration lifetime, SecureRandom random) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < MIN_KEY_BYTES)) {
      throw new IllegalArgumentException(
          "DpopNonces.keys must be at least one key, each of 32 bytes or more (DP-13)");
    }
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("DpopNonces.lifetime must be more than zero (DP-14)");
    }
    this.jose = jose;
    this.purpose = ("dpop-nonce:" + purpose + ":").getBytes(UTF_8);
    this.keys = keys.stream().map(byte[]::clone).toList();
    this.lifetime = lifetime;
    this.random = random;
  }

  /** A nonce that is good from now on for the lifetime. */
  @Enforces({"DP-13", "SP-5.3.2.1-10", "SP-5.4.1-4"})
  public DpopNonce mint(Instant now) {
    byte[] salt = new byte[RANDOM_BYTES];
    random.nextBytes(salt);
    byte[] body = ByteBuffer.allocate(BODY_BYTES).putLong(now.toEpochMilli()).put(salt).array();
    byte[] nonce =
        ByteBuffer.allocate(BODY_BYTES + MAC_BYTES).put(body).put(mac(keys.get(0), body)).array();
    return new DpopNonce(Base64.getUrlEncoder().withoutPadding().encodeToString(nonce));
  }

  /**
   * When the nonce was made, to the millisecond. Empty if it is not ours, was made for another
   * purpose, or is older than the lifetime; one that is exactly as old is still good.
   */
  @Enforces({"DP-14"})
  public Optional<Instant> mintedAt(DpopNonce nonce, Instant now) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(nonce.value());
    } catch (IllegalArgumentException e) {
      // Not made by us: an expected answer, not an error.
      return Optional.empty();
    }
    if (bytes.length != BODY_BYTES + MAC_BYTES) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, BODY_BYTES, bytes.length);
    if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac(key, body), mac))) {
      return Optional.empty();
    }
    Instant mintedAt = Instant.ofEpochMilli(ByteBuffer.wrap(body).getLong());
    boolean stale = now.isAfter(mintedAt.plus(lifetime));
    boolean ahead = mintedAt.isAfter(now.plus(AHEAD));
    return stale || ahead ? Optional.empty() : Optional.of(mintedAt);
  }

  /** How long a nonce is good. */
  public Duration lifetime() {
    return lifetime;
  }

  private byte[] mac(byte[] key, byte[] body) {
    Mac mac = jose.hmacSha256(key);
    mac.update(purpose);
    return mac.doFinal(body);
  }
}
