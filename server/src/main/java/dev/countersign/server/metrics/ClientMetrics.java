package dev.countersign.server.metrics;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.remote.JsonFetcher;
import dev.countersign.remote.RemoteException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** What is counted of clients: their registration, and the fetching of their keys. */
public final class ClientMetrics {
  private final MeterRegistry registry;
  private final Counter replaced;
  private final Counter fetched;
  private final Counter failed;
  private final AtomicInteger problems = new AtomicInteger();

  ClientMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.replaced =
        Counter.builder("countersign.clients.reloads")
            .description("How often changed files of clients took effect")
            .register(registry);
    this.fetched = fetches("fetched");
    this.failed = fetches("failed");
    Gauge.builder("countersign.clients.problems", problems::get)
        .description("What is wrong now with files of clients, so that they are not in effect")
        .strongReference(true)
        .register(registry);
  }

  /** Shows how many clients are registered. */
  public void registered(IntSupplier count) {
    Gauge.builder("countersign.clients", count::getAsInt)
        .description("Registered clients")
        .strongReference(true)
        .register(registry);
  }

  /** Counts that other clients took the place of those before. */
  public void replaced() {
    replaced.increment();
  }

  /** Shows how many problems of the files stand. */
  public void problems(int count) {
    problems.set(count);
  }

  /** The same fetcher, counted by how each fetch ended. */
  public JsonFetcher over(JsonFetcher fetcher) {
    return https -> {
      try {
        JsonObject document = fetcher.json(https);
        fetched.increment();
        return document;
      } catch (RemoteException e) {
        failed.increment();
        throw e;
      }
    };
  }

  private Counter fetches(String outcome) {
    return Counter.builder("countersign.client.key.fetches")
        .description("Fetches of keys that clients publish")
        .tag("outcome", outcome)
        .register(registry);
  }
}
