package dev.countersign.server.client;

import dev.countersign.protocol.oauth.ClientId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The registered clients. Others may take their place while the server runs, all at once; whoever
 * asks from then on gets the new ones. Safe for any number of threads.
 */
public final class Clients {
  private final AtomicReference<Map<ClientId, RegisteredClient>> byId;
  private final Function<ClientId, Optional<RegisteredClient>> elsewhere;
  private final Predicate<ClientId> authenticatedElsewhere;

  /** Holds the clients; two with one id are refused. */
  public Clients(List<RegisteredClient> clients) {
    this(clients, _ -> Optional.empty(), _ -> false);
  }

  /**
   * Holds the clients; two with one id are refused.
   *
   * @param elsewhere finds others, whose ids none of these has; asked each time
   * @param authenticatedElsewhere told of each of those others that has authenticated; says whether
   *     it is registered still
   */
  public Clients(
      List<RegisteredClient> clients,
      Function<ClientId, Optional<RegisteredClient>> elsewhere,
      Predicate<ClientId> authenticatedElsewhere) {
    this.byId = new AtomicReference<>(indexed(clients));
    this.elsewhere = elsewhere;
    this.authenticatedElsewhere = authenticatedElsewhere;
  }

  /** The client of that id; empty if nobody registered it, or its registration has ended. */
  public Optional<RegisteredClient> find(ClientId id) {
    return Optional.ofNullable(byId.get().get(id)).or(() -> elsewhere.apply(id));
  }

  /**
   * Notes that a client that was found has authenticated.
   *
   * @return false if its registration has ended meanwhile
   */
  boolean authenticated(ClientId id) {
    return byId.get().containsKey(id) || authenticatedElsewhere.test(id);
  }

  /** Whether it is none of those that the operator registered, but one of those elsewhere. */
  public boolean isElsewhere(ClientId id) {
    return !byId.get().containsKey(id);
  }

  /** How many it holds itself. */
  public int count() {
    return byId.get().size();
  }

  /** Puts others in their place; two with one id are refused. */
  public void replace(List<RegisteredClient> clients) {
    byId.set(indexed(clients));
  }

  private static Map<ClientId, RegisteredClient> indexed(List<RegisteredClient> clients) {
    return clients.stream()
        .collect(Collectors.toUnmodifiableMap(RegisteredClient::id, Function.identity()));
  }
}
