package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.Instant;
import java.util.List;

/**
 * What a person allowed a client. All tokens of one authorization hang on it and end with it
 * (SP-6.8-4).
 *
 * @param id random, at least 128 bits
 * @param clientId whom it was given to
 * @param login who gave it, and how they had proved who they are
 * @param scope what was allowed
 * @param resources where it may be used; never empty
 * @param claims what was allowed beside it, asked for one by one
 * @param details what was allowed beside the scope
 * @param createdAt when it was given
 * @param updatedAt when it was last changed, or given
 * @param version how often it was changed
 */
public record Grant(
    GrantId id,
    ClientId clientId,
    Login login,
    Scope scope,
    List<ResourceIndicator> resources,
    AllowedClaims claims,
    AuthorizationDetails details,
    Instant createdAt,
    Instant updatedAt,
    GrantVersion version) {

  /** Copies the list and refuses an empty one: a token without audience is never issued. */
  public Grant {
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("Grant.resources must not be empty (AT-5)");
    }
  }

  /** A grant that was never changed. */
  public Grant(
      GrantId id,
      ClientId clientId,
      Login login,
      Scope scope,
      List<ResourceIndicator> resources,
      AllowedClaims claims,
      AuthorizationDetails details,
      Instant createdAt) {
    this(
        id,
        clientId,
        login,
        scope,
        resources,
        claims,
        details,
        createdAt,
        createdAt,
        GrantVersion.FIRST);
  }

  /** A grant without claims that were asked for one by one, and without details. */
  public Grant(
      GrantId id,
      ClientId clientId,
      Login login,
      Scope scope,
      List<ResourceIndicator> resources,
      Instant createdAt) {
    this(
        id,
        clientId,
        login,
        scope,
        resources,
        AllowedClaims.NONE,
        AuthorizationDetails.NONE,
        createdAt);
  }

  /** The same grant with other details. */
  public Grant with(AuthorizationDetails others) {
    return new Grant(
        id, clientId, login, scope, resources, claims, others, createdAt, updatedAt, version);
  }
}
