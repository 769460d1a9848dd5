package dev.countersign.client;

import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Uses each refresh token in one request at a time, and remembers what took its place. A server
 * that rotates takes a second use for theft and ends the grant, yet two threads may come with the
 * same tokens, or one with those of before the last refresh.
 *
 * <p>May be called by any number of threads; no lock is held during a request. What another process
 * refreshes is not known here.
 */
final class RefreshTokens {

  /** So many that took the place of others are remembered: our choice, some 2 MB. */
  private static final int MOST = 10_000;

  /**
   * A request with the refresh token that is good now.
   *
   * @param <T> what it brings
   */
  @FunctionalInterface
  interface Use<T> {
    Used<T> with(RefreshToken newest) throws ClientException;
  }

  /**
   * What a request brought.
   *
   * @param next the refresh token that came with it, if one did
   */
  record Used<T>(T result, Optional<RefreshToken> next) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<SecretDigest, RefreshToken> newer = new LinkedHashMap<>();
  private final Map<SecretDigest, CountDownLatch> inUse = new HashMap<>();

  /** The refresh token that is good now in place of one that was good once. */
  RefreshToken newest(RefreshToken known) {
    lock.lock();
    try {
      return follow(known);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nobody uses the refresh token, and then does with the newest in its place.
   *
   * @throws InterruptedException if the waiting was interrupted; nothing was sent then
   */
  @Enforces("SP-5.3.3.1-6")
  <T> T use(RefreshToken known, Use<T> request) throws ClientException, InterruptedException {
    RefreshToken mine = acquire(known);
    Optional<RefreshToken> next = Optional.empty();
    try {
      Used<T> used = request.with(mine);
      next = used.next();
      return used.result();
    } finally {
      release(mine, next);
    }
  }

  private RefreshToken acquire(RefreshToken known) throws InterruptedException {
    while (true) {
      CountDownLatch other;
      lock.lock();
      try {
        RefreshToken newest = follow(known);
        CountDownLatch running = inUse.get(newest.digest());
        if (running == null) {
          inUse.put(newest.digest(), new CountDownLatch(1));
          return newest;
        }
        other = running;
      } finally {
        lock.unlock();
      }
      other.await();
    }
  }

  private void release(RefreshToken mine, Optional<RefreshToken> next) {
    CountDownLatch ended;
    lock.lock();
    try {
      next.filter(one -> !one.equals(mine)).ifPresent(one -> replace(mine, one));
      ended = inUse.remove(mine.digest());
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      ended.countDown();
    }
  }

  private void replace(RefreshToken old, RefreshToken by) {
    // One that comes back after others is the newest again, so that following ends.
    newer.remove(by.digest());
    newer.putLast(old.digest(), by);
    if (newer.size() > MOST) {
      newer.pollFirstEntry();
    }
  }

  private RefreshToken follow(RefreshToken known) {
    RefreshToken newest = known;
    for (RefreshToken next = known; next != null; next = newer.get(next.digest())) {
      newest = next;
    }
    return newest;
  }
}
