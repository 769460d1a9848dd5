package dev.countersign.server;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.server.feed.FeedEndpoint;
import dev.countersign.server.feed.SignedFeeds;
import dev.countersign.server.issue.FamilyHandles;
import dev.countersign.server.keys.SecretKeys;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What there is of the revocation feed, where the configuration has one.
 *
 * @param handles what tokens bear
 * @param endpoint who answers resource servers
 */
record Feeding(FamilyHandles handles, Endpoint endpoint) {

  /** Reads the keys of the handles from the store, or makes them. */
  static Optional<Feeding> of(
      Config config, Store store, Jose jose, SigningKey key, SecureRandom random, Instant now) {
    Set<ResourceIndicator> resources =
        config.resources().stream().map(ResourceConfig::indicator).collect(Collectors.toSet());
    return config
        .revocationFeed()
        .lifetime()
        .map(
            lifetime -> {
              FamilyHandles handles =
                  new FamilyHandles(
                      jose, SecretKeys.load(store, FamilyHandles.PURPOSE, random, now));
              SignedFeeds feeds =
                  new SignedFeeds(jose, config.issuer(), key, lifetime, store, handles, random);
              return new Feeding(handles, new FeedEndpoint(resources, feeds));
            });
  }
}
