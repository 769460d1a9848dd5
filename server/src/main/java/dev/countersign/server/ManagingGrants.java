package dev.countersign.server;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.grants.GrantAnswers;
import dev.countersign.server.grants.GrantEndpoint;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.OwnRequests;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.refusal.Challenges;
import dev.countersign.store.Store;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What the grant management API is made of, where the configuration has it. */
final class ManagingGrants {
  private ManagingGrants() {}

  /** The API as a resource that tokens are for; empty if there is none. */
  static Optional<ResourceConfig> resource(Config config, URI endpoint) {
    return config.grantManagement().enabled()
        ? Optional.of(
            new ResourceConfig(
                new ResourceIndicator(endpoint.toString()),
                Scope.of(GrantResource.QUERY_SCOPE, GrantResource.REVOKE_SCOPE)))
        : Optional.empty();
  }

  /**
   * Who answers; empty if there is none.
   *
   * @param requests lets in by tokens for it
   */
  static Optional<Routes.Grants> of(
      Config config,
      OwnRequests requests,
      TokenStanding standing,
      Audiences audiences,
      Store store,
      Set<SenderConstraint> constraints) {
    return config.grantManagement().enabled()
        ? Optional.of(
            new Routes.Grants(
                new GrantEndpoint(requests, standing, store, new GrantAnswers(audiences)),
                new Challenges(GrantEndpoint.TO_QUERY, constraints),
                new Challenges(GrantEndpoint.TO_REVOKE, constraints)))
        : Optional.empty();
  }
}
