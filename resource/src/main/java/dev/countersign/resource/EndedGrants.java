package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
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
 * @param clients of each client that ended as one, until when its tokens that ended may live
 */
record EndedGrants(
    VerifiedFeed newest, Map<String, Instant> expiries, Map<ClientId, Instant> clients) {

  EndedGrants {
    expiries = Map.copyOf(expiries);
    clients = Map.copyOf(clients);
  }

  /**
   * Adds what a feed says. A grant that some feed named stays until its tokens have expired, even
   * if a later one leaves it out.
   */
  static EndedGrants add(Optional<EndedGrants> before, VerifiedFeed feed) {
    FeedClaims claims = feed.claims();
    Map<String, Instant> grants =
        before.map(known -> copy(known.expiries())).orElseGet(HashMap::new);
    claims
        .grants()
        .forEach(grant -> grants.merge(grant.handle(), grant.expiresAt(), EndedGrants::later));
    Map<ClientId, Instant> clients =
        before.map(known -> copy(known.clients())).orElseGet(HashMap::new);
    claims
        .clients()
        .forEach(client -> clients.merge(client.client(), client.expiresAt(), EndedGrants::later));
    grants.values().removeIf(expiry -> !expiry.isAfter(claims.iat()));
    clients.values().removeIf(expiry -> !expiry.isAfter(claims.iat()));
    return new EndedGrants(feed, grants, clients);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static <K> Map<K, Instant> copy(Map<K, Instant> known) {
    return new HashMap<>(known);
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
   * the leeway for clocks that differ is not needed where the issuer's own clock is known. Nor one
   * of a client that ended as one, unless it was issued afterwards, and so expires later.
   */
  @Enforces({"SP-5.3.4-3"})
  boolean leaves(AccessTokenClaims token, ResourceIndicator audience) {
    return token.exp().isAfter(newest.claims().iat())
        && token.exp().isAfter(clients.getOrDefault(token.clientId(), Instant.MIN))
        && token
            .grantHandles()
            .of(audience.value())
            .filter(handle -> !expiries.containsKey(handle))
            .isPresent();
  }
}
