package dev.countersign.server;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.interaction.Accounts;
import dev.countersign.server.issue.OwnRequests;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.server.operator.ClientEndpoint;
import dev.countersign.server.operator.GrantsEndpoint;
import dev.countersign.server.operator.OperatorAccess;
import dev.countersign.server.operator.OperatorGrantEndpoint;
import dev.countersign.server.operator.People;
import dev.countersign.server.refusal.Challenges;
import dev.countersign.store.Store;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The part of {@link Wiring} for operators. */
final class Operating {
  private Operating() {}

  /** The API as a resource that tokens are for. */
  static ResourceConfig resource(EndpointUrls urls) {
    return new ResourceConfig(
        new ResourceIndicator(urls.operator().toString()),
        Scope.of(RegisteredClient.OPERATOR_SCOPE));
  }

  /**
   * The operator's API.
   *
   * @param requests lets in by tokens for it
   * @param ended told of each client whose registration an operator ended
   */
  static Routes.Operator endpoints(
      OwnRequests requests,
      Store store,
      Clients clients,
      Accounts accounts,
      DetailTypes types,
      Consumer<ClientId> ended,
      Set<SenderConstraint> constraints) {
    OperatorAccess access = new OperatorAccess(requests, store, clients);
    return new Routes.Operator(
        new GrantsEndpoint(access, store, new Names(accounts), clients, types),
        new OperatorGrantEndpoint(access, store),
        new ClientEndpoint(access, store, ended),
        new Challenges(OperatorAccess.REQUIRED, constraints));
  }

  /** Those of the accounts. */
  private record Names(Accounts accounts) implements People {
    @Override
    public Subject named(String subOrUsername) {
      return accounts.named(subOrUsername);
    }

    @Override
    public Optional<String> username(Subject person) {
      return accounts.username(person);
    }
  }
}
