package dev.countersign.resource;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.JsonFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** What clients publish at their {@code jwks_uri}, for a bounded number of them. */
final class PublishedClientKeys implements ClientSigningKeys {
  private static final Freshness FRESHNESS =
      new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(24));

  /** Our choice: a copy is a few kilobytes. */
  private static final int MAX_CLIENTS = 10_000;

  private final JsonFetcher fetcher;
  private final InstantSource time;
  private final Function<ClientId, Optional<URI>> jwksUri;
  private final int maxClients;
  private final ReentrantLock lock = new ReentrantLock();

  /** The client that called longest ago comes first. */
  private final LinkedHashMap<ClientId, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

  private record Copy(URI jwksUri, RemoteJwkSet keys) {}

  PublishedClientKeys(
      JsonFetcher fetcher, InstantSource time, Function<ClientId, Optional<URI>> jwksUri) {
    this(fetcher, time, jwksUri, MAX_CLIENTS);
  }

  PublishedClientKeys(
      JsonFetcher fetcher,
      InstantSource time,
      Function<ClientId, Optional<URI>> jwksUri,
      int maxClients) {
    this.fetcher = fetcher;
    this.time = time;
    this.jwksUri = jwksUri;
    this.maxClients = maxClients;
  }

  @Override
  @Enforces({"HS-5.3.1.2-1", "SP-6.8-1"})
  public JwkSet of(ClientId client, String keyid) throws RemoteException {
    Optional<URI> place = jwksUri.apply(client);
    return place.isEmpty()
        ? JwkSet.of(List.of())
        : copy(client, place.get()).forKid(Optional.of(keyid));
  }

  private RemoteJwkSet copy(ClientId client, URI place) {
    lock.lock();
    try {
      Copy kept = copies.get(client);
      if (kept == null || !kept.jwksUri().equals(place)) {
        kept = new Copy(place, new RemoteJwkSet(fetcher, place, time, FRESHNESS));
        copies.put(client, kept);
        if (copies.size() > maxClients) {
          copies.pollFirstEntry();
        }
      }
      return kept.keys();
    } finally {
      lock.unlock();
    }
  }
}
