package dev.countersign.it.samples;

// <sample following>
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.resource.FeedHealth;
import dev.countersign.resource.RevocationFeed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** An API that knows of revocations by the feed of the authorization server. */
public final class FollowingApi {
  private FollowingApi() {}

  /**
   * To be given to a guard: {@code guard.asking(feed)}, which costs no question to the server;
   * close it when the API ends.
   *
   * @param issuer the server, as for the keys of the guard
   * @param http over strict TLS, as for the documents of the issuer
   * @param self what the API is called in the {@code aud} of tokens
   * @param clock that of the guard
   */
  public static RevocationFeed feed(
      RemoteIssuer issuer, HttpClient http, ResourceIndicator self, InstantSource clock) {
    return new RevocationFeed(
            issuer, http, self, Jose.jdk(), RevocationFeed.Settings.usual(), clock)
        .start();
  }

  /** Shows in the metrics of the API how the feed is doing. */
  public static void measure(RevocationFeed feed, InstantSource clock, MeterRegistry registry) {
    Gauge.builder("revocation.feed.refusing", feed, f -> f.health().refusing() ? 1 : 0)
        .description("1 while requests are refused because the newest feed is too old")
        .register(registry);
    TimeGauge.builder(
            "revocation.feed.age", feed, TimeUnit.MILLISECONDS, f -> age(f.health(), clock))
        .description("Since the newest feed was true")
        .register(registry);
    Gauge.builder("revocation.feed.grants", feed, f -> f.health().grants())
        .description("Grants that are known to have ended")
        .register(registry);
    FunctionCounter.builder("revocation.feed.fetches", feed, f -> f.health().fetched())
        .tag("outcome", "fetched")
        .register(registry);
    FunctionCounter.builder("revocation.feed.fetches", feed, f -> f.health().failed())
        .tag("outcome", "failed")
        .register(registry);
  }

  private static double age(FeedHealth health, InstantSource clock) {
    return health
        .newest()
        .map(newest -> (double) Duration.between(newest, clock.instant()).toMillis())
        .orElse(Double.NaN);
  }
}
// </sample following>
