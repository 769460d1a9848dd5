package dev.countersign.server.metrics;

import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.refusal.FinishedRequest;
import dev.countersign.server.refusal.RequestObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Times requests and counts refusals. Meters are made when they are first needed and found again
 * without any text being put together: this runs in every request.
 */
final class RequestMetrics implements RequestObserver {
  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Refused, Counter> refusals = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  private enum Outcome {
    SUCCESS("success"),
    REFUSED("refused"),
    FAILED("failed");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    static Outcome of(FinishedRequest request) {
      if (request.broken()) {
        return FAILED;
      }
      return request.status() < 400 ? SUCCESS : REFUSED;
    }
  }

  private record Kind(String endpoint, Outcome outcome, int statusClass) {}

  private record Refused(String endpoint, String rule) {}

  @Override
  public void finished(FinishedRequest request) {
    Kind kind = new Kind(request.endpoint(), Outcome.of(request), request.status() / 100);
    timers.computeIfAbsent(kind, this::timer).record(request.time());
    if (request.refusal().isPresent()) {
      count(request.endpoint(), request.refusal().get());
    }
  }

  private void count(String endpoint, Refusal refusal) {
    Refused refused = new Refused(endpoint, refusal.rule().value());
    refusals.computeIfAbsent(refused, this::counter).increment();
  }

  private Timer timer(Kind kind) {
    return Timer.builder("countersign.requests")
        .description("Requests, from the whole request to the answer")
        .tag("endpoint", kind.endpoint())
        .tag("outcome", kind.outcome().label)
        .tag("status", kind.statusClass() + "xx")
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter counter(Refused refused) {
    return Counter.builder("countersign.refusals")
        .description("Refused requests, by the requirement that refused them")
        .tag("endpoint", refused.endpoint())
        .tag("rule", refused.rule())
        .register(registry);
  }
}
