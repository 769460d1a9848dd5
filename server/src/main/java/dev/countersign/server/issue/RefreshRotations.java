package dev.countersign.server.issue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.RefreshRotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Replaces refresh tokens in extraordinary circumstances: those issued before a time that the
 * operator names, each at its next use. The successor is a MAC of the token that it replaces, so
 * that a client which lost the answer gets the same one again with the old token, and nothing but
 * its digest is kept. Whoever has the store alone can make none: it holds no token.
 *
 * <p>Safe for any number of threads.
 */
public final class RefreshRotations {
  /** How long the old token works at most: our choice, a client that is down for a day is back. */
  public static final Duration GRACE = Duration.ofHours(24);

  private static final byte[] PURPOSE = "refresh-token-successor:".getBytes(US_ASCII);

  private final Jose jose;
  private final Optional<Instant> issuedBefore;
  private final byte[] key;

  private RefreshRotations(Jose jose, Optional<Instant> issuedBefore, byte[] key) {
    this.jose = jose;
    this.issuedBefore = issuedBefore;
    this.key = key.clone();
  }

  /** Replaces nothing, as it should be (SP-5.3.2.1-9). */
  public static RefreshRotations none(Jose jose) {
    return new RefreshRotations(jose, Optional.empty(), new byte[0]);
  }

  /**
   * Replaces what was issued before {@code issuedBefore}, or before the server started if that time
   * is yet to come: else what replaced a token would be replaced in its turn at each refresh.
   *
   * @param key of the MAC, 32 bytes or more, the same at each start
   */
  public static RefreshRotations of(Jose jose, Instant issuedBefore, Instant started, byte[] key) {
    Instant bound = issuedBefore.isBefore(started) ? issuedBefore : started;
    return new RefreshRotations(jose, Optional.of(bound), key);
  }

  /**
   * A token that may take the place of another one.
   *
   * @param token for the client
   * @param rotation for the store, which alone knows whether it takes that place
   */
  public record Successor(RefreshToken token, RefreshRotation rotation) {}

  /** What may take the place of a token; empty where nothing is replaced. */
  @Enforces({"SP-5.3.2.1-9a", "OA-7"})
  public Optional<Successor> of(RefreshToken presented, Instant now) {
    return issuedBefore.map(
        bound -> {
          RefreshToken token = successor(presented);
          return new Successor(token, new RefreshRotation(token.digest(), bound, now.plus(GRACE)));
        });
  }

  private RefreshToken successor(RefreshToken presented) {
    Mac mac = jose.hmacSha256(key);
    mac.update(PURPOSE);
    byte[] value = mac.doFinal(presented.reveal().getBytes(US_ASCII));
    return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(value));
  }
}
