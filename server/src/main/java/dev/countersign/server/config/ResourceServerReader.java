package dev.countersign.server.config;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of one resource server: a party that authenticates as a client does, with no grant. */
final class ResourceServerReader {
  private final AuthenticationReader authentication;
  private final List<ResourceConfig> known;
  private final List<RegisteredClient> clients;
  private final Set<ClientId> ids = new HashSet<>();

  ResourceServerReader(
      AuthenticationReader authentication,
      List<ResourceConfig> known,
      List<RegisteredClient> clients) {
    this.authentication = authentication;
    this.known = known;
    this.clients = clients;
  }

  @Enforces({"MS-6.2", "9701-10"})
  Optional<RegisteredClient> read(Section section) {
    Optional<ClientId> id =
        section.required(
            "client_id", Kinds.clientId(), "What it calls itself when it asks; no client's id.");
    List<ResourceIndicator> resources =
        section.requiredSomeOf(
            "resources", Kinds.resource(), "The APIs that it serves: it is told of their tokens.");
    Optional<AuthenticationReader.Authentication> proof = authentication.read(section);
    MessageSigning messages = MessageSigningReader.ofResourceServer(section);
    id.filter(this::isTaken)
        .ifPresent(_ -> section.problem("client_id", "belongs to another party already", ""));
    ClientReader.requireKnownResources(section, resources, known);
    return section.finish(
        () ->
            new RegisteredClient(
                id.orElseThrow(),
                id.orElseThrow().value(),
                proof.orElseThrow().method(),
                SenderConstraint.DPOP,
                proof.orElseThrow().keys(),
                List.of(),
                Set.of(),
                Scope.NONE,
                resources,
                resources.getFirst(),
                Optional.empty(),
                Set.of(),
                messages));
  }

  private boolean isTaken(ClientId id) {
    return !ids.add(id) || clients.stream().anyMatch(client -> client.id().equals(id));
  }
}
