package dev.countersign.server.register;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.store.Registrations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what nobody needs of clients that registered themselves: registrations whose clients have
 * never authenticated, and what this node keeps of those that ended on another one. A client that
 * has authenticated once is let be. Safe for any number of threads.
 */
public final class RegistrationSweep {
  private static final Logger LOG = LoggerFactory.getLogger(RegistrationSweep.class);

  private final Registrations registrations;
  private final DynamicClients clients;
  private final KeysOfClients keys;
  private final Optional<Duration> unusedFor;

  /**
   * Ends those of this store.
   *
   * @param clients told of those that ended
   * @param keys told of keys that are not needed any more
   * @param unusedFor so long after it was made, or last replaced, a registration may wait for its
   *     client; it ends at that very instant. Empty: for ever
   */
  public RegistrationSweep(
      Registrations registrations,
      DynamicClients clients,
      KeysOfClients keys,
      Optional<Duration> unusedFor) {
    this.registrations = registrations;
    this.clients = clients;
    this.keys = keys;
    this.unusedFor = unusedFor;
  }

  /**
   * Ends those whose time has come; when none is left, lets go of what is kept of ended ones.
   *
   * @param limit registrations at most
   * @return how many have ended
   */
  public int sweep(Instant now, int limit) {
    List<ClientId> ended =
        unusedFor
            .map(time -> registrations.endUnusedRegistrations(now.minus(time), limit, now))
            .orElse(List.of());
    ended.forEach(client -> clients.forget(client, keys));
    if (ended.isEmpty()) {
      clients.forgetEnded(keys);
    } else {
      LOG.info("registrations of clients that never authenticated have ended: {}", ended.size());
    }
    return ended.size();
  }
}
