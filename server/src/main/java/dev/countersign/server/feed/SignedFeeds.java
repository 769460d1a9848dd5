package dev.countersign.server.feed;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.revocationfeed.EndedClient;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.FamilyHandles;
import dev.countersign.store.EndedFamilies;
import dev.countersign.store.EndedFamilies.Ended;
import dev.countersign.store.EndedFamily;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes feeds of what the store says now: for each resource what had tokens for it. In the order of
 * the handles, which is another one in each feed, so that two resource servers learn nothing from
 * holding their feeds side by side.
 *
 * @param jose signs the feeds
 * @param issuer who says so
 * @param key the one that access tokens are signed with
 * @param lifetime how long somebody may rely on a feed; whole seconds
 * @param families what ended
 * @param handles what tokens bear
 * @param random for the names of feeds
 */
public record SignedFeeds(
    Jose jose,
    Issuer issuer,
    SigningKey key,
    Duration lifetime,
    EndedFamilies families,
    FamilyHandles handles,
    SecureRandom random) {

  /**
   * The feed of a resource as of now. Refuses with {@code temporarily_unavailable} if more ended
   * than a feed holds: then nobody can say whether a token stands until the first of them expire.
   */
  @Enforces({"SP-5.3.4-3", "GM-10-2", "RV-2", "GM-6.5-1"})
  String sign(ResourceIndicator resource, Instant now) {
    Ended ended = families.findEnded(resource, now);
    // Before any handle is made, which may be more than one for each family.
    requireFew(ended.families().size() + ended.clients().size());
    List<EndedGrant> grants =
        ended.families().stream()
            .flatMap(family -> grants(family, resource))
            .sorted(Comparator.comparing(EndedGrant::handle))
            .toList();
    List<EndedClient> clients =
        ended.clients().entrySet().stream()
            .map(client -> new EndedClient(client.getKey(), client.getValue()))
            .sorted(Comparator.comparing(client -> client.client().value()))
            .toList();
    requireFew(grants.size() + clients.size());
    Instant iat = now.truncatedTo(ChronoUnit.SECONDS);
    return new FeedClaims(
            issuer, resource, Jti.random(random), iat, iat.plus(lifetime), grants, clients)
        .sign(jose, key);
  }

  private static void requireFew(int entries) {
    if (entries > FeedClaims.MOST_ENTRIES) {
      throw Refusal.oauth(
              OAuthError.TEMPORARILY_UNAVAILABLE, "SP-5.3.4-3", "please try again in a moment")
          .withDetail("more ended than a feed holds: " + FeedClaims.MOST_ENTRIES)
          .exception();
    }
  }

  private Stream<EndedGrant> grants(EndedFamily family, ResourceIndicator resource) {
    return handles.of(family.family(), resource).stream()
        .map(handle -> new EndedGrant(handle, family.expiresAt()));
  }
}
