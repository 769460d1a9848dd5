package dev.countersign.server.issue;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says whether access tokens of this server still stand, and what they allow where. An API in the
 * same process may ask it instead of the introspection endpoint. Safe for any number of threads.
 */
public final class TokenStanding {
  private final OwnTokens tokens;
  private final Grants grants;
  private final Clients clients;
  private final Audiences audiences;
  private final DetailTypes types;
  private final Predicate<Grant> standing;

  /**
   * Looks into the store at each question.
   *
   * @param standing whether the person and the client of a grant are still known
   */
  public TokenStanding(
      OwnTokens tokens,
      Grants grants,
      Clients clients,
      Audiences audiences,
      DetailTypes types,
      Predicate<Grant> standing) {
    this.tokens = tokens;
    this.grants = grants;
    this.clients = clients;
    this.audiences = audiences;
    this.types = types;
    this.standing = standing;
  }

  /**
   * What a resource server may know of a token: nothing unless it stands and is for one of the
   * resources that it serves, and then the part of its scope, details and handles that concerns
   * them, without details that are over. A token for another resource is none of its business,
   * whether it stands or not.
   *
   * @param served what the resource server is for
   * @throws dev.countersign.store.StoreException if nothing can be said; nothing is served then
   */
  @Enforces({"IN-2", "IN-4", "MS-6.2", "9701-5", "9701-7", "RAR-9.2-1"})
  public IntrospectionResponse answer(
      AccessToken token, List<ResourceIndicator> served, Instant now) {
    return tokens
        .find(token, now)
        .map(claims -> answer(claims, served, now))
        // RFC 7662 section 2.2: never an error, the caller could do nothing about it.
        .orElseGet(IntrospectionResponse.Inactive::new);
  }

  private IntrospectionResponse answer(
      AccessTokenClaims token, List<ResourceIndicator> served, Instant now) {
    List<ResourceIndicator> own =
        served.stream().filter(resource -> token.aud().contains(resource.value())).toList();
    List<String> names = own.stream().map(ResourceIndicator::value).toList();
    return own.isEmpty() || !stands(token, now)
        ? new IntrospectionResponse.Inactive()
        : IntrospectionResponse.Active.of(
            token,
            names,
            audiences.at(own, token.scope()),
            types.current(types.at(token.authorizationDetails(), own), now),
            token.grantHandles().at(names));
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
