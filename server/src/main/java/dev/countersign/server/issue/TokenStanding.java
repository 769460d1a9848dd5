package dev.countersign.server.issue;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says whether access tokens of this server still stand. An API in the same process may ask it
 * instead of the introspection endpoint. Safe for any number of threads.
 */
public final class TokenStanding {
  private final Grants grants;
  private final Clients clients;
  private final Predicate<Grant> standing;

  /**
   * Looks into the store at each question.
   *
   * @param standing whether the person and the client of a grant are still known
   */
  public TokenStanding(Grants grants, Clients clients, Predicate<Grant> standing) {
    this.grants = grants;
    this.clients = clients;
    this.standing = standing;
  }

  /**
   * Whether a token stands: neither it nor its grant was revoked, its code was not replayed, and
   * its person and its client are still known. From the moment at which an operation ended it, this
   * is false.
   *
   * @param token of this server, its signature verified by the caller
   * @throws dev.countersign.store.StoreException if that cannot be said; nothing is served then
   */
  @Enforces({"SP-5.3.4-3", "IN-4", "SP-6.8-4"})
  public boolean stands(AccessTokenClaims token, Instant now) {
    Optional<Grant> grant = grants.findByAccessToken(token.jti(), now);
    if (grant.isPresent()) {
      return standing.test(grant.get());
    }
    return grants
        .findClientByAccessToken(token.jti(), now)
        .filter(token.clientId()::equals)
        .flatMap(clients::find)
        .isPresent();
  }
}
