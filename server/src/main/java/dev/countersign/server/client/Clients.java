package dev.countersign.server.client;

import dev.countersign.protocol.oauth.ClientId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registered clients. Immutable. */
public final class Clients {
  private final Map<ClientId, RegisteredClient> byId;

  /** Holds the clients; two with one id are refused. */
  public Clients(List<RegisteredClient> clients) {
    this.byId =
        clients.stream()
            .collect(Collectors.toUnmodifiableMap(RegisteredClient::id, Function.identity()));
  }

  /** The client of that id; empty if nobody registered it. */
  public Optional<RegisteredClient> find(ClientId id) {
    return Optional.ofNullable(byId.get(id));
  }
}
