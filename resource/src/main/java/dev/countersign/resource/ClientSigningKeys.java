package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.remote.JsonFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys by which clients sign their requests. Which client it is, the verified access token
 * says; which of its keys, the signature. Used by many threads at once.
 */
@FunctionalInterface
public interface ClientSigningKeys {

  /**
   * All keys of the client, fresh enough to hold the one that a signature names. No keys at all for
   * a client that has none or is not known.
   *
   * @param keyid as the signature names it; a set without such a key makes the request refused
   * @throws RemoteException when the keys are not to be had: the request is then refused with 503
   */
  JwkSet of(ClientId client, String keyid) throws RemoteException;

  /** These keys of these clients, and none of others. */
  @Enforces("HS-5.3.1.2-1")
  static ClientSigningKeys fixed(Map<ClientId, JwkSet> keys) {
    Map<ClientId, JwkSet> copy = Map.copyOf(keys);
    return (client, keyid) -> copy.getOrDefault(client, JwkSet.of(List.of()));
  }

  /**
   * The keys that clients publish. They are kept for 10 minutes and fetched again when a signature
   * names a key that is not there, though not twice within 30 seconds; while they cannot be
   * fetched, the last ones stand in for up to 24 hours. Each client has a copy of its own, so that
   * none can have another's keys forgotten or fetched; those of 10,000 clients are kept, and of
   * more the one that called longest ago is forgotten first.
   *
   * @param fetcher where clients register themselves, one that keeps to public addresses ({@link
   *     dev.countersign.remote.GuardedFetcher})
   * @param jwksUri where a client publishes its keys, from an authoritative source; empty for a
   *     client that is not known or publishes none
   */
  @Enforces({"HS-5.3.1.2-1", "SP-6.8-1"})
  static ClientSigningKeys published(
      JsonFetcher fetcher, InstantSource time, Function<ClientId, Optional<URI>> jwksUri) {
    return new PublishedClientKeys(fetcher, time, jwksUri);
  }
}
