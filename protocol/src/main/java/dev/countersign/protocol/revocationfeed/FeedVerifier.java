package dev.countersign.protocol.revocationfeed;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies revocation feeds of one issuer for one resource server. Keeps nothing; safe for any
 * number of threads at once.
 */
public final class FeedVerifier {

  /** The most characters of a feed, this number included. */
  public static final int MAX_LENGTH = 16 * 1024 * 1024;

  private final Jose jose;
  private final Issuer issuer;
  private final ResourceIndicator audience;

  /**
   * Stores its parts.
   *
   * @param issuer the only issuer taken
   * @param audience what {@code aud} must be, and nothing beside
   */
  public FeedVerifier(Jose jose, Issuer issuer, ResourceIndicator audience) {
    this.jose = jose;
    this.issuer = issuer;
    this.audience = audience;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(FeedClaims claims) implements VerifiedFeed {}

  /**
   * A feed that is not verified yet, to find its key by.
   *
   * @throws InvalidJwtException if it is none, or longer than {@link #MAX_LENGTH}
   */
  public static CompactJws parse(String feed) throws InvalidJwtException {
    return CompactJws.parse(feed, MAX_LENGTH);
  }

  /**
   * Verifies type, algorithm, signature, issuer, audience, form and times. An {@code iat} that is
   * more than 30 s in the future is refused, and {@code exp} ends a feed without leeway.
   *
   * @param keys the issuer's keys
   * @param before the newest feed so far. One with an earlier {@code iat} is refused: somebody may
   *     have kept it, to hide what ended since. One with the same is taken, since two nodes may
   *     sign within one second
   * @param now by this server's clock
   * @throws InvalidJwtException whatever is wrong; the log learns what
   */
  @Enforces({"SP-5.3.4-3", "SP-5.4.1-1.1", "SP-5.4.1-1.2", "SP-5.4.3-1"})
  public VerifiedFeed verify(
      CompactJws feed, JwkSet keys, Optional<VerifiedFeed> before, Instant now)
      throws InvalidJwtException {
    if (!feed.type().equals(Optional.of(FeedClaims.TYPE))) {
      throw FeedClaims.wrong("typ is not " + FeedClaims.TYPE);
    }
    FeedClaims claims;
    try {
      claims = FeedClaims.read(jose.verify(feed, keys).claims(), issuer, audience);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw FeedClaims.wrong("a claim has a malformed value");
    }
    if (TimeRules.isFromTheFuture(claims.iat(), now)) {
      throw FeedClaims.wrong(TimeRules.fromTheFuture("iat", claims.iat(), now));
    }
    if (TimeRules.isExpired(claims.exp(), now)) {
      throw FeedClaims.wrong("it has expired");
    }
    if (before.filter(newest -> claims.iat().isBefore(newest.claims().iat())).isPresent()) {
      throw FeedClaims.wrong("iat is before that of the feed before");
    }
    return new Verified(claims);
  }
}
