package dev.countersign.resource;

import dev.countersign.protocol.oauth.SecretDigest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers uses of one node in memory, and never forgets one while it runs; full, it refuses. A
 * restart forgets them all, and what was granted before it could be used again: for tests and
 * demonstrations, and for what does no harm when it is done twice. Where money moves, implement
 * {@link DetailUses} on the database that keeps it.
 *
 * <p>Safe for any number of threads.
 */
public final class InMemoryDetailUses implements DetailUses {
  private static final int DEFAULT_CAPACITY = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<SecretDigest> used = new HashSet<>();
  private final int capacity;

  /** An empty memory for up to a million uses (about 100 MB when full). */
  public InMemoryDetailUses() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * An empty memory.
   *
   * @param capacity uses at most, at least 1
   */
  public InMemoryDetailUses(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("InMemoryDetailUses.capacity must be at least 1");
    }
    this.capacity = capacity;
  }

  @Override
  public boolean useOnce(SecretDigest granted) {
    lock.lock();
    try {
      if (used.contains(granted)) {
        return false;
      }
      if (used.size() >= capacity) {
        throw new DetailUsesUnavailableException("The memory for uses is full");
      }
      return used.add(granted);
    } finally {
      lock.unlock();
    }
  }
}
