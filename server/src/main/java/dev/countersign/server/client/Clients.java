package dev.countersign.server.client;

import dev.countersign.protocol.oauth.ClientId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The registered clients. Others may take their place while the server runs, all at once; whoever
 * asks from then on gets the new ones. Safe for any number of threads.
 */
public final class Clients {
  private final AtomicReference<Map<ClientId, RegisteredClient>> byId;
  private final SelfRegistered others;

  /** Holds the clients, and there are no others; two with one id are refused. */
  public Clients(List<RegisteredClient> clients) {
    this(clients, SelfRegistered.NONE);
  }

  /**
   * Holds the clients that the operator registered; two with one id are refused.
   *
   * @param others those that registered themselves, whose ids none of these has
   */
  public Clients(List<RegisteredClient> clients, SelfRegistered others) {
    this.byId = new AtomicReference<>(indexed(clients));
    this.others = others;
  }

  /** The client of that id; empty if nobody registered it, or its registration has ended. */
  public Optional<RegisteredClient> find(ClientId id) {
    return ofOperator(id).or(() -> others.find(id));
  }

  /** The client of that id, if it is one of those that the operator registered. */
  public Optional<RegisteredClient> ofOperator(ClientId id) {
    return Optional.ofNullable(byId.get().get(id));
  }

  /**
   * Notes that a client that was found has authenticated.
   *
   * @return false if its registration has ended meanwhile
   */
  boolean authenticated(ClientId id) {
    return byId.get().containsKey(id) || others.authenticated(id);
  }

  /**
   * Whether nobody has looked at the client who is trusted here: neither did the operator register
   * it, nor does anybody vouch for it whom the operator trusts.
   */
  public boolean isUnchecked(RegisteredClient client) {
    return !byId.get().containsKey(client.id()) && !others.isVouchedFor(client);
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
