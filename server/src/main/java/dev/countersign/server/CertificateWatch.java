package dev.countersign.server;

import dev.countersign.edge.FailureLine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has listeners look every few seconds whether their certificates were replaced. By content and not
 * by the file system's events: these get lost where a folder is mounted or a link is turned.
 */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final List<Listener> listeners;
  private final InstantSource clock;
  private final Duration pause;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("countersign-certificates").daemon(true).factory());

  CertificateWatch(List<Listener> listeners, InstantSource clock) {
    this(listeners, clock, PAUSE);
  }

  CertificateWatch(List<Listener> listeners, InstantSource clock, Duration pause) {
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
    this.pause = pause;
  }

  void start() {
    var _ =
        executor.scheduleWithFixedDelay(
            this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks once; whatever happens, this returns and the next look comes. */
  private void look() {
    for (Listener listener : listeners) {
      try {
        listener.look(clock.instant());
      } catch (Throwable e) {
        // The edge of this thread: what escapes, an Error too, would end the looking without a
        // word.
        LOG.error(
            "listener {} does not look at its certificate: {}", listener.name(), FailureLine.of(e));
      }
    }
  }

  @Override
  public void close() {
    executor.close();
  }
}
