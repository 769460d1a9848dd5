package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The keys behind the {@code jwks_uri} of the issuer's metadata (RFC 8414). Metadata is fetched at
 * the first request that needs it; keys are cached and fetched again when a token names one that is
 * not there. Safe for any number of threads.
 */
public final class DiscoveredIssuerKeys implements IssuerKeys {
  private static final Duration FRESH_FOR = Duration.ofMinutes(10);
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  private final Issuer issuer;
  private final HttpsFetcher fetcher;
  private final InstantSource clock;
  private final AtomicReference<Optional<RemoteJwkSet>> keys =
      new AtomicReference<>(Optional.empty());

  /** Keys of this issuer; nothing is fetched yet. */
  public DiscoveredIssuerKeys(Issuer issuer, HttpsFetcher fetcher, InstantSource clock) {
    this.issuer = issuer;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  @Override
  @Enforces({"SP-5.4.2-1", "SP-5.4.3-1"})
  public JwkSet keysFor(AccessToken token) throws RemoteException {
    return keys().forKid(AccessTokenVerifier.kidOf(token));
  }

  private RemoteJwkSet keys() throws RemoteException {
    Optional<RemoteJwkSet> known = keys.get();
    if (known.isPresent()) {
      return known.get();
    }
    // Two threads may fetch at the first request; one result stays.
    AuthorizationServerMetadata metadata;
    try {
      metadata =
          AuthorizationServerMetadata.parse(fetcher.json(issuer.openIdConfiguration()), issuer);
    } catch (InvalidMetadataException e) {
      throw new RemoteException("The issuer's metadata is not usable", e);
    }
    RemoteJwkSet found =
        new RemoteJwkSet(fetcher, metadata.jwksUri(), clock, FRESH_FOR, BETWEEN_FETCHES);
    keys.compareAndSet(Optional.empty(), Optional.of(found));
    return keys.get().orElseThrow();
  }
}
