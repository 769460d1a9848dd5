package dev.countersign.server;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.dpop.Nonces;
import dev.countersign.server.grants.GrantAnswers;
import dev.countersign.server.grants.GrantEndpoint;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.OwnTokens;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.server.refusal.Challenges;
import dev.countersign.store.Store;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the grant management API is made of, where the configuration has it. */
final class ManagingGrants {
  private ManagingGrants() {}

  /** What it shares with other endpoints. */
  record Shared(
      Jose jose,
      DpopVerifier dpop,
      Nonces nonces,
      Set<SenderConstraint> constraints,
      OwnTokens tokens,
      TokenStanding standing,
      Audiences audiences,
      Store store) {}

  /** The API as a resource that tokens are for; empty if there is none. */
  static Optional<ResourceConfig> resource(Config config, URI endpoint) {
    return config.grantManagement().enabled()
        ? Optional.of(
            new ResourceConfig(
                new ResourceIndicator(endpoint.toString()),
                Scope.of(GrantResource.QUERY_SCOPE, GrantResource.REVOKE_SCOPE)))
        : Optional.empty();
  }

  /** Who answers; empty if there is none. */
  static Optional<Routes.Grants> of(Config config, EndpointUrls urls, Shared shared) {
    if (!config.grantManagement().enabled()) {
      return Optional.empty();
    }
    // Without leeway: the clock that wrote exp is the one that reads it.
    AccessTokenVerifier tokens =
        new AccessTokenVerifier(
            shared.jose(), config.issuer(), urls.grants().toString(), Duration.ZERO);
    GrantEndpoint endpoint =
        new GrantEndpoint(
            new ResourceRequestVerifier(
                tokens, shared.dpop(), shared.nonces().ofResource(), shared.constraints()),
            shared.tokens(),
            shared.standing(),
            urls.all(urls.grants()),
            shared.store(),
            new GrantAnswers(shared.audiences()));
    return Optional.of(
        new Routes.Grants(
            endpoint,
            new Challenges(GrantEndpoint.TO_QUERY, shared.constraints()),
            new Challenges(GrantEndpoint.TO_REVOKE, shared.constraints())));
  }
}
