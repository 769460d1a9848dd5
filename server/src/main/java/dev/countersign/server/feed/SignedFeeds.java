package dev.countersign.server.feed;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.FamilyHandles;
import dev.countersign.store.EndedFamilies;
import dev.countersign.store.EndedFamily;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Makes feeds of what the store says now. All that ended is in the feed of each resource, whether
 * its tokens were for it or not: a handle that no token there bears says nothing.
 *
 * @param key the one that access tokens are signed with
 * @param lifetime how long somebody may rely on a feed; whole seconds
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
    List<EndedGrant> grants =
        families.findEndedFamilies(now).stream()
            .flatMap(family -> ended(family, resource).stream())
            .limit(FeedClaims.MOST_GRANTS + 1L)
            .toList();
    if (grants.size() > FeedClaims.MOST_GRANTS) {
      throw Refusal.oauth(
              OAuthError.TEMPORARILY_UNAVAILABLE, "SP-5.3.4-3", "please try again in a moment")
          .withDetail("more grants ended than a feed holds: " + FeedClaims.MOST_GRANTS)
          .exception();
    }
    Instant iat = now.truncatedTo(ChronoUnit.SECONDS);
    return new FeedClaims(issuer, resource, Jti.random(random), iat, iat.plus(lifetime), grants)
        .sign(jose, key);
  }

  private List<EndedGrant> ended(EndedFamily family, ResourceIndicator resource) {
    return handles.of(family.family(), resource).stream()
        .map(handle -> new EndedGrant(handle, family.endedAt(), family.expiresAt()))
        .toList();
  }
}
