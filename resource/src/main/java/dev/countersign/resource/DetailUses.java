package dev.countersign.resource;

import dev.countersign.protocol.oauth.SecretDigest;

/**
 * Remembers which objects of {@code authorization_details} were used, so that what is allowed once
 * is done once. A port: a payment and the note that it was made belong into one transaction of the
 * database that keeps the payments; {@link InMemoryDetailUses} is for one node and for tests.
 *
 * <p>A use is remembered for as long as its grant can give tokens, which a resource server cannot
 * tell: for ever. If the authorization server ends refresh tokens after some time and has no grant
 * management, by which a grant gets new ones, that time and the lifetime of one access token are
 * enough; with ours, {@code lifetimes.refresh_token} and {@code lifetimes.access_token}.
 *
 * <p>Used by many threads at once.
 */
@FunctionalInterface
public interface DetailUses {

  /**
   * Uses up what was granted. Of callers that race with one object exactly one gets true.
   *
   * @param granted the grant and the object, the same for every token of the grant
   * @return false when it was used before
   * @throws DetailUsesUnavailableException when that cannot be said; nothing must be done then
   */
  boolean useOnce(SecretDigest granted);
}
