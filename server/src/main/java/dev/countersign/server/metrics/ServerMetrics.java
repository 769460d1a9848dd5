package dev.countersign.server.metrics;

import dev.countersign.server.interaction.LoginOutcome;
import dev.countersign.server.refusal.RequestObserver;
import dev.countersign.store.Store;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The measurements of one authorization server. Safe for any number of threads. */
public final class ServerMetrics {
  private static final double[] OFFSETS = {1, 2, 5, 10, 20, 30, 60, 120, 300, 600};
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;

  private ServerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Measurements that go to the registry. */
  public static ServerMetrics to(MeterRegistry registry) {
    return new ServerMetrics(registry);
  }

  /** Measurements that go nowhere. */
  public static ServerMetrics nowhere() {
    return new ServerMetrics(new CompositeMeterRegistry());
  }

  /** Counts and times requests, and counts refusals. */
  public RequestObserver requests() {
    return new RequestMetrics(registry);
  }

  /** The store, each of its operations timed. */
  public Store over(Store store) {
    return new MeteredStore(store, registry);
  }

  /** Takes how far a client's clock is ahead of ours, by the {@code iat} of a DPoP proof. */
  public Consumer<Duration> offsetsOfProofs() {
    return offsets("dpop_proof");
  }

  /** Takes how far a client's clock is ahead of ours, by the {@code iat} of a client assertion. */
  public Consumer<Duration> offsetsOfAssertions() {
    return offsets("client_assertion");
  }

  /** Counts the tries to log in, by what came of them. */
  public Consumer<LoginOutcome> logins() {
    Map<LoginOutcome, Counter> counters = new EnumMap<>(LoginOutcome.class);
    for (LoginOutcome outcome : LoginOutcome.values()) {
      counters.put(outcome, logins(outcome));
    }
    return outcome -> Objects.requireNonNull(counters.get(outcome)).increment();
  }

  private Counter logins(LoginOutcome outcome) {
    return Counter.builder("countersign.logins")
        .description("Tries to log in, by what came of them")
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  /** A summary of Micrometer's takes no negative number: the sign is a label. */
  private Consumer<Duration> offsets(String source) {
    DistributionSummary ahead = offsets(source, "ahead");
    DistributionSummary behind = offsets(source, "behind");
    return offset ->
        (offset.isPositive() ? ahead : behind).record(offset.abs().toNanos() / NANOS_PER_SECOND);
  }

  private DistributionSummary offsets(String source, String side) {
    return DistributionSummary.builder("countersign.clock.offset")
        .description("How far the clocks of clients are from ours, by iat")
        .baseUnit("seconds")
        .tag("source", source)
        .tag("side", side)
        .serviceLevelObjectives(OFFSETS)
        .register(registry);
  }

  /** Counts what happens to the registration of clients. */
  public ClientMetrics clients() {
    return new ClientMetrics(registry);
  }

  /**
   * Shows how long the certificate of a listener is still good.
   *
   * @param notAfter when the one that is shown now expires
   */
  public void certificate(String listener, Supplier<Instant> notAfter, InstantSource clock) {
    TimeGauge.builder(
            "countersign.tls.certificate.expiry",
            () -> Duration.between(clock.instant(), notAfter.get()).toSeconds(),
            TimeUnit.SECONDS)
        .description("Until the first certificate of the chain expires; negative once it has")
        .tag("listener", listener)
        .strongReference(true)
        .register(registry);
  }

  /** Shows how many connections clients hold on a listener. */
  public void connections(String listener, IntSupplier open) {
    Gauge.builder("countersign.connections", open::getAsInt)
        .description("Open connections")
        .tag("listener", listener)
        .strongReference(true)
        .register(registry);
  }
}
