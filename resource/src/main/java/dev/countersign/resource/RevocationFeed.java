package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.protocol.revocationfeed.VerifiedFeed;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.requirement.Enforces;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows of revocations by the signed feed of the authorization server, which it fetches in the
 * background: no request to the API costs a question, and a revocation counts here after one {@link
 * Settings#interval} at most, and the second for which the server keeps an answer.
 *
 * <p>A token that the feed names is refused, and so is one of a client that ended as a whole, and
 * one without a handle for this resource server, which no feed could name. While the newest good
 * feed is older than {@link Settings#reliance}, and before the first, nothing is served ({@link
 * TokenStatusUnavailableException}); that ends by itself with the next good one. The beginning and
 * the end of it are one line each in the log; {@link #health} tells the rest.
 *
 * <pre>{@code
 * RevocationFeed feed =
 *     new RevocationFeed(issuer, http, audience, jose, Settings.usual(), clock).start();
 * ResourceServer guard = ResourceServer.of(...).asking(feed);
 * }</pre>
 *
 * <p>Safe for any number of threads. One thread of its own does all fetching, so that two feeds
 * never overtake each other.
 */
public final class RevocationFeed implements TokenStatus, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RevocationFeed.class);

  private final FeedSource source;
  private final Settings settings;
  private final InstantSource clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("countersign-revocation-feed").daemon(true).factory());

  /** Written by the thread alone. */
  private final AtomicReference<Optional<EndedGrants>> known =
      new AtomicReference<>(Optional.empty());

  private final AtomicReference<String> fault = new AtomicReference<>("none was fetched yet");
  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** Whether the log says that requests are refused. */
  private final AtomicBoolean saidSo = new AtomicBoolean();

  /**
   * How a feed is followed.
   *
   * @param interval between two fetches; 1 second to 5 minutes
   * @param reliance how long after a feed was true it is relied on, while no newer one comes;
   *     longer than {@code interval}, and never beyond the feed's own {@code exp}
   * @param timeout longest time for one fetch; positive, and no longer than {@code reliance}
   */
  public record Settings(Duration interval, Duration reliance, Duration timeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Refuses values out of bounds with {@link IllegalArgumentException}. */
    public Settings {
      if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("Settings.interval must be 1 s to 5 min (SP-5.3.4-3)");
      }
      if (reliance.compareTo(interval) <= 0) {
        throw new IllegalArgumentException(
            "Settings.reliance must be longer than the interval (SP-5.3.4-3)");
      }
      if (!timeout.isPositive() || timeout.compareTo(reliance) > 0) {
        throw new IllegalArgumentException(
            "Settings.timeout must be positive, and at most the reliance (SP-5.3.4-3)");
      }
    }

    /** Every 10 seconds, each within 5; relied on for a minute. */
    public static Settings usual() {
      return new Settings(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5));
    }
  }

  /**
   * Stores its parts; fetches nothing yet.
   *
   * @param issuer whose tokens the API takes
   * @param http over strict TLS, see {@link dev.countersign.remote.StrictTls}
   * @param audience what the API is called in {@code aud}
   * @param jose verifies feeds
   * @param settings how often it is fetched, and for how long relied on
   * @param clock that of the API
   */
  public RevocationFeed(
      RemoteIssuer issuer,
      HttpClient http,
      ResourceIndicator audience,
      Jose jose,
      Settings settings,
      InstantSource clock) {
    HttpsExchange exchange = new HttpsExchange(http, settings.timeout(), FeedVerifier.MAX_LENGTH);
    this.source = new FeedSource(issuer, exchange, audience, jose, clock);
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Fetches the first feed, and from then on one after each interval, until {@link #close}. That
   * there is none now is no error: nothing is served until there is.
   *
   * @return this
   * @throws IllegalStateException if it was closed
   */
  public RevocationFeed start() {
    fetchNow();
    long pause = settings.interval().toMillis();
    try {
      var unused =
          executor.scheduleWithFixedDelay(this::fetch, pause, pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw closed(e);
    }
    return this;
  }

  /**
   * Fetches a feed now, beside those that come by themselves, and returns when it is in effect, or
   * when there is none.
   *
   * @throws IllegalStateException if it was closed
   */
  public void fetchNow() {
    try {
      executor.submit(this::fetch).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fetch ends without exception", e);
    } catch (RejectedExecutionException e) {
      throw closed(e);
    }
  }

  @Override
  @Enforces({"SP-5.3.4-3"})
  public boolean stands(VerifiedAccessToken token, Instant now) {
    EndedGrants ended =
        reliable(now)
            .orElseThrow(
                () -> {
                  sayThatItRefuses();
                  return new TokenStatusUnavailableException("revocation feed: " + fault.get());
                });
    return ended.leaves(token.claims(), source.audience());
  }

  /** How it is doing now. */
  public FeedHealth health() {
    Optional<EndedGrants> now = known.get();
    return new FeedHealth(
        now.map(ended -> ended.newest().claims().iat()),
        fetched.get(),
        failed.get(),
        now.map(ended -> ended.expiries().size()).orElse(0),
        reliable(clock.instant()).isEmpty());
  }

  private Optional<EndedGrants> reliable(Instant now) {
    return known.get().filter(ended -> ended.isReliable(settings.reliance(), now));
  }

  private void fetch() {
    try {
      Optional<EndedGrants> before = known.get();
      VerifiedFeed feed = source.fetch(before.map(EndedGrants::newest));
      known.set(Optional.of(EndedGrants.add(before, feed)));
      fetched.incrementAndGet();
      if (reliable(clock.instant()).isPresent()) {
        fault.set("no newer one came");
        sayThatItServes();
      } else {
        fault.set("what came is old already: the clocks differ");
        sayThatItRefuses();
      }
    } catch (FeedSource.NoFeedException e) {
      fails(e.why());
    } catch (RemoteException e) {
      if (e.kind() != RemoteException.Kind.INTERRUPTED) {
        fails("no answer: " + e.getMessage());
      }
    } catch (Throwable e) {
      // The edge of this thread: what escapes, an Error too, would end the fetching without a word.
      log.error("the revocation feed cannot be read; trying again later", e);
      fails("it cannot be read");
    }
  }

  private void fails(String why) {
    failed.incrementAndGet();
    fault.set(why);
    log.debug("revocation feed: {}", why);
    if (reliable(clock.instant()).isEmpty()) {
      sayThatItRefuses();
    }
  }

  private void sayThatItRefuses() {
    if (saidSo.compareAndSet(false, true)) {
      log.warn(
          "revocation feed: requests are refused until there is a new one; the newest is of {}; {}",
          known.get().map(ended -> ended.newest().claims().iat().toString()).orElse("never"),
          fault.get());
    }
  }

  private void sayThatItServes() {
    if (saidSo.compareAndSet(true, false)) {
      log.info("revocation feed: there is a new one; requests are served again");
    }
  }

  private static IllegalStateException closed(RejectedExecutionException e) {
    return new IllegalStateException("the revocation feed was closed", e);
  }

  /** Stops fetching. Requests are served as long as the newest feed may be relied on. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
