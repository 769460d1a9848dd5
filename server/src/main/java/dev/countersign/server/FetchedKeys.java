package dev.countersign.server;

import dev.countersign.remote.AddressRule;
import dev.countersign.remote.GuardedFetcher;
import dev.countersign.remote.JsonFetcher;
import dev.countersign.remote.RemoteJwkSet;
import dev.countersign.remote.Trust;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.config.KeyFetchConfig;
import dev.countersign.server.metrics.ClientMetrics;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/** The part of {@link Wiring} that fetches what clients and issuers publish. */
final class FetchedKeys {
  /** Our choice: 32 keys with certificates have room in it. */
  private static final int MAX_KEY_SET = 256 * 1024;

  private FetchedKeys() {}

  /** Keys that are fetched when they are first needed, by these bounds. */
  static KeysOfClients of(KeyFetchConfig config, InstantSource clock, ClientMetrics metrics) {
    AddressRule rule =
        config.allowPrivateAddresses() ? AddressRule.any() : AddressRule.publicOnly();
    return new KeysOfClients(
        uri -> {
          // Made when a client needs it: most deployments never do, and start the faster.
          SSLContext trust = Trust.jdkAnd(config.authorities());
          JsonFetcher fetcher = new GuardedFetcher(trust, rule, config.timeout(), MAX_KEY_SET);
          return new RemoteJwkSet(metrics.over(fetcher), uri, clock, config.freshness());
        });
  }
}
