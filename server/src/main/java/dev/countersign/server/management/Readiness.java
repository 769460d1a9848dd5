package dev.countersign.server.management;

import dev.countersign.edge.FailureLine;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.store.Sessions;
import dev.countersign.store.StoreException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server should be sent requests. Safe for any number of threads. */
public final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  /** Of no session: identifiers are 256 random bits, and this text has fewer. */
  private static final SecretDigest NOBODY = SecretDigest.of("readyz");

  private final Sessions store;
  private final InstantSource clock;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
  private final AtomicBoolean storeAnswered = new AtomicBoolean(true);

  /**
   * Not ready before {@link #started}.
   *
   * @param store is asked for something that it does not have, at each look
   */
  public Readiness(Sessions store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  private enum Phase {
    STARTING,
    STARTED,
    DRAINING
  }

  /** What can keep the server from being ready. */
  public enum Check {
    /** The server does not listen yet. */
    STARTING("starting"),
    /** The server is about to stop. */
    DRAINING("draining"),
    /** The store does not answer, and without it nothing is issued. */
    STORE("store");

    private final String label;

    Check(String label) {
      this.label = label;
    }

    /** What the answer calls it. */
    public String label() {
      return label;
    }
  }

  /** The server listens. */
  public void started() {
    phase.compareAndSet(Phase.STARTING, Phase.STARTED);
  }

  /** From now on the server is not ready, for good. */
  public void drain() {
    phase.set(Phase.DRAINING);
  }

  /** The first check that fails now; empty if the server is ready. */
  public Optional<Check> failed() {
    return switch (phase.get()) {
      case STARTING -> Optional.of(Check.STARTING);
      case DRAINING -> Optional.of(Check.DRAINING);
      case STARTED -> storeAnswers() ? Optional.empty() : Optional.of(Check.STORE);
    };
  }

  /** Logs a change only: probes come every few seconds. */
  private boolean storeAnswers() {
    try {
      var _ = store.findSession(NOBODY, clock.instant());
      if (!storeAnswered.getAndSet(true)) {
        LOG.info("ready again: the store answers");
      }
      return true;
    } catch (StoreException e) {
      if (storeAnswered.getAndSet(false)) {
        LOG.warn("not ready: the store does not answer: {}", FailureLine.of(e));
      }
      return false;
    }
  }
}
