package dev.countersign.server.register;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.client.SelfRegistered;
import dev.countersign.store.Registration;
import dev.countersign.store.Registrations;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that registered themselves. Each question asks the store, so that no node of several
 * believes in a registration that another one has changed or ended; what is kept is only how the
 * metadata reads, for as long as the store says the same, and that the client has authenticated,
 * which stays so. Safe for any number of threads.
 *
 * <p>A registration that no longer fits the configuration is no client until one of both changes.
 */
public final class DynamicClients implements SelfRegistered {
  private static final Logger LOG = LoggerFactory.getLogger(DynamicClients.class);

  private final Registrations registrations;
  private final ClientMetadata metadata;
  private final Map<ClientId, Read> read = new ConcurrentHashMap<>();

  /** Asks this store, and reads by these rules. */
  public DynamicClients(Registrations registrations, ClientMetadata metadata) {
    this.registrations = registrations;
    this.metadata = metadata;
  }

  private record Read(JsonObject metadata, Optional<RegisteredClient> client, boolean used) {
    private Read usedIf(boolean known) {
      return used || !known ? this : new Read(metadata, client, true);
    }
  }

  @Override
  public Optional<RegisteredClient> find(ClientId id) {
    // What is kept of one that ended stays until forgetEnded, which lets go of its keys as well.
    return registrations.findRegistration(id).flatMap(this::reading);
  }

  private Optional<RegisteredClient> reading(Registration registration) {
    JsonObject now = registration.metadata();
    return read.compute(
            registration.client(),
            (id, before) ->
                before != null && before.metadata().equals(now)
                    ? before.usedIf(registration.used())
                    : of(id, now, registration.used()))
        .client();
  }

  /** The store is told once; from then on this costs nothing. */
  @Override
  public boolean authenticated(ClientId id) {
    Read known = read.get(id);
    if (known != null && known.used()) {
      return true;
    }
    boolean registered = registrations.recordAuthentication(id);
    if (registered) {
      read.computeIfPresent(id, (_, before) -> before.usedIf(true));
    }
    return registered;
  }

  @Override
  public boolean isVouchedFor(RegisteredClient client) {
    return registrations
        .findRegistration(client.id())
        .filter(registration -> reading(registration).filter(client::equals).isPresent())
        .filter(registration -> metadata.isVouchedFor(registration.metadata()))
        .isPresent();
  }

  /**
   * Lets go of what was read of a client that ended, so that those who come and go leave nothing
   * behind.
   */
  public void forget(ClientId id, KeysOfClients keys) {
    read.remove(id);
    keys.forget(id);
  }

  /** The same of all whose registrations have ended meanwhile, on whatever node. */
  void forgetEnded(KeysOfClients keys) {
    read.keySet().stream()
        .filter(id -> registrations.findRegistration(id).isEmpty())
        .forEach(id -> forget(id, keys));
  }

  private Read of(ClientId id, JsonObject now, boolean used) {
    try {
      return new Read(now, Optional.of(metadata.read(id, now).client()), used);
    } catch (RefusalException doesNotFit) {
      // Once for each reading of it: nobody else would say why the client is refused everywhere.
      LOG.atWarn()
          .addKeyValue("client_id", id)
          .addKeyValue("detail", doesNotFit.refusal().detail().orElse(""))
          .log("a registration does not fit the configuration; its client is refused");
      return new Read(now, Optional.empty(), used);
    }
  }
}
