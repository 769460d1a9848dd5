package dev.countersign.server.config;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.RegisteredClient;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of one resource server: a party that authenticates as a client does, with no grant. */
final class ResourceServerReader {
  private final Path folder;
  private final List<ResourceConfig> known;
  private final List<RegisteredClient> clients;
  private final Set<ClientId> ids = new HashSet<>();

  ResourceServerReader(Path folder, List<ResourceConfig> known, List<RegisteredClient> clients) {
    this.folder = folder;
    this.known = known;
    this.clients = clients;
  }

  Optional<RegisteredClient> read(Section section) {
    Optional<ClientId> id =
        section.required(
            "client_id", Kinds.clientId(), "What it calls itself when it asks; no client's id.");
    List<ResourceIndicator> resources =
        section.requiredSomeOf(
            "resources", Kinds.resource(), "The APIs that it serves: it is told of their tokens.");
    Optional<ClientKeys> keys = ClientReader.keys(section, folder, new ReadFiles());
    Optional<SignatureAlgorithm> algorithm = ClientReader.assertionAlgorithm(section);
    id.filter(this::isTaken)
        .ifPresent(_ -> section.problem("client_id", "belongs to another party already", ""));
    ClientReader.requireKnownResources(section, resources, known);
    return section.finish(
        () ->
            new RegisteredClient(
                id.orElseThrow(),
                id.orElseThrow().value(),
                keys.orElseThrow(),
                List.of(),
                Set.of(),
                Scope.NONE,
                resources,
                resources.getFirst(),
                algorithm,
                Optional.empty()));
  }

  private boolean isTaken(ClientId id) {
    return !ids.add(id) || clients.stream().anyMatch(client -> client.id().equals(id));
  }
}
