package dev.countersign.remote;

import dev.countersign.remote.RemoteException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One document of another party, kept and fetched again as {@link Freshness} says.
 *
 * <p>A fetch runs in a thread of its own, and callers that come meanwhile wait for that one:
 * whoever is interrupted ends only the own waiting. Nobody waits for {@link #current} if the copy
 * is less than twice {@link Freshness#freshFor} old, or if the last fetch failed and the copy may
 * stand in: the copy is given back at once, so that a slow publisher stalls nobody. An older one,
 * kept by a process that nobody used for long, is not given back unasked (our choice). While
 * fetching fails, the last copy stands in up to {@link Freshness#maxStale}; but a document that
 * contradicts what was asked for ({@link Kind#UNTRUSTED}) stops everything until a good one comes:
 * it ends the copy too. May be called by any number of threads at once; no lock is held while
 * fetching.
 *
 * @param <T> the document as the source reads it
 */
public final class RemoteDocument<T> {

  /**
   * Reads the document from its place.
   *
   * @param <T> the document
   */
  @FunctionalInterface
  public interface Source<T> {
    /** The document as it is now. */
    T fetch() throws RemoteException;
  }

  private static final Logger log = LoggerFactory.getLogger(RemoteDocument.class);

  /** Without any copy nobody can be served, so the next attempt comes sooner. */
  private static final Duration RETRY_WITHOUT_COPY = Duration.ofSeconds(1);

  private record Copy<T>(T value, Instant at) {}

  private record Failure(RemoteException fault, Instant at) {}

  private final Source<T> source;
  private final InstantSource time;
  private final Freshness freshness;

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Copy<T> copy;
  private @Nullable Failure failure;
  private @Nullable FutureTask<T> running;

  /** Stores its parts; fetches nothing yet. */
  public RemoteDocument(Source<T> source, InstantSource time, Freshness freshness) {
    this.source = source;
    this.time = time;
    this.freshness = freshness;
  }

  /**
   * The document: the kept copy while it is fresh, or a little older and already being replaced;
   * otherwise fetched.
   *
   * @throws RemoteException if it cannot be fetched and no copy may stand in
   */
  public T current() throws RemoteException {
    return get(freshness.freshFor(), true);
  }

  /**
   * The document for a caller whom the kept copy did not satisfy: fetched, unless that was done
   * less than {@link Freshness#minRefetch} ago.
   *
   * @throws RemoteException if it cannot be fetched and no copy may stand in
   */
  public T newest() throws RemoteException {
    return get(freshness.minRefetch(), false);
  }

  private T get(Duration usable, boolean whileReplaced) throws RemoteException {
    FutureTask<T> task;
    lock.lock();
    try {
      Instant now = time.instant();
      Copy<T> kept = copy;
      if (kept != null && within(kept.at(), now, usable)) {
        return kept.value();
      }
      task = running;
      if (task == null) {
        Failure recent = failure;
        if (recent != null && within(recent.at(), now, pause())) {
          return standIn(recent.fault(), now);
        }
        task = start();
      }
      if (whileReplaced && kept != null && usableWhileReplaced(kept, now)) {
        return kept.value();
      }
    } finally {
      lock.unlock();
    }
    return await(task);
  }

  private boolean usableWhileReplaced(Copy<T> kept, Instant now) {
    return within(kept.at(), now, freshness.maxStale())
        && (failure != null || within(kept.at(), now, freshness.freshFor().multipliedBy(2)));
  }

  /**
   * For the holder of the lock; the fetch ends after that only, so that {@code running} is right.
   */
  private FutureTask<T> start() {
    FutureTask<T> task = new FutureTask<>(this::fetch);
    Thread.ofVirtual().name("countersign-fetch").start(task);
    running = task;
    return task;
  }

  private Duration pause() {
    Duration longest = freshness.minRefetch();
    boolean shorten = copy == null && longest.compareTo(RETRY_WITHOUT_COPY) > 0;
    return shorten ? RETRY_WITHOUT_COPY : longest;
  }

  /** A clock that was set back must neither freeze a copy nor an error. */
  private static boolean within(Instant since, Instant now, Duration limit) {
    Duration age = Duration.between(since, now);
    return !age.isNegative() && age.compareTo(limit) < 0;
  }

  private T fetch() throws RemoteException {
    try {
      T value = source.fetch();
      lock.lock();
      try {
        copy = new Copy<>(value, time.instant());
        failure = null;
      } finally {
        lock.unlock();
      }
      return value;
    } catch (RemoteException e) {
      lock.lock();
      try {
        Instant now = time.instant();
        if (e.kind() != Kind.INTERRUPTED) {
          failure = new Failure(e, now);
        }
        if (e.kind() == Kind.UNTRUSTED) {
          log.warn("forgetting any copy: {}", e.getMessage());
          copy = null;
        }
        T value = standIn(e, now);
        log.warn("using an older copy: {}", e.getMessage());
        return value;
      } finally {
        lock.unlock();
      }
    } catch (RuntimeException broken) {
      // Perhaps nobody waits who would see it.
      log.error("a document could not be read", broken);
      throw broken;
    } finally {
      finished();
    }
  }

  private void finished() {
    lock.lock();
    try {
      running = null;
    } finally {
      lock.unlock();
    }
  }

  private T standIn(RemoteException fault, Instant now) throws RemoteException {
    Copy<T> kept = copy;
    if (kept == null || !within(kept.at(), now, freshness.maxStale())) {
      throw fault;
    }
    return kept.value();
  }

  private static <T> T await(FutureTask<T> task) throws RemoteException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RemoteException.interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RemoteException known) {
        throw known;
      }
      throw new IllegalStateException("a document could not be read", e.getCause());
    }
  }
}
