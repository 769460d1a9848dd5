package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.protocol.revocationfeed.VerifiedFeed;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the grants that ended, by the newest feed and those before it. Immutable.
 *
 * @param newest the newest feed
 * @param expiries until when there may be tokens of each grant that ended, by its handle
 */
record EndedGrants(VerifiedFeed newest, Map<String, Instant> expiries) {

  EndedGrants {
    expiries = Map.copyOf(expiries);
  }

  /**
   * Adds what a feed says. A grant that some feed named stays until its tokens have expired, even
   * if a later one leaves it out.
   */
  static EndedGrants add(Optional<EndedGrants> before, VerifiedFeed feed) {
    Map<String, Instant> all = new HashMap<>();
    before.ifPresent(known -> all.putAll(known.expiries()));
    for (EndedGrant grant : feed.claims().grants()) {
      all.merge(grant.handle(), grant.expiresAt(), (a, b) -> a.isAfter(b) ? a : b);
    }
    all.values().removeIf(expiry -> !expiry.isAfter(feed.claims().iat()));
    return new EndedGrants(feed, all);
  }

  /**
   * Whether somebody may still rely on it: up to so long after the newest feed was true, and not
   * beyond its {@code exp}. Neither if that was in the future: then one of the clocks is wrong.
   */
  boolean isReliable(Duration reliance, Instant now) {
    FeedClaims feed = newest.claims();
    return !TimeRules.isExpired(feed.exp(), now)
        && !TimeRules.isExpired(feed.iat().plus(reliance), now)
        && !TimeRules.isFromTheFuture(feed.iat(), now);
  }

  /**
   * Whether a token stands by it. Not one without a handle for this resource server, of which no
   * feed can say anything. Nor one that expired before the newest feed, which names no such grants:
   * the leeway for clocks that differ is not needed where the issuer's own clock is known.
   */
  @Enforces({"SP-5.3.4-3"})
  boolean leaves(AccessTokenClaims token, ResourceIndicator audience) {
    return token.exp().isAfter(newest.claims().iat())
        && token
            .grantHandles()
            .of(audience.value())
            .filter(handle -> !expiries.containsKey(handle))
            .isPresent();
  }
}
