package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who connected a bank, by browser session, in the memory of this process: the last 1,000 who came,
 * each until 8 hours after the last visit. Safe for any number of threads.
 */
final class Visitors {
  private static final int MOST = 1_000;
  private static final Duration IDLE = Duration.ofHours(8);

  private final ReentrantLock lock = new ReentrantLock();

  /** The longest absent first. */
  private final Map<SecretDigest, Seen> bySession = new LinkedHashMap<>();

  private record Seen(Visitor visitor, Instant last) {}

  /** The visitor of a session, seen now. */
  Optional<Visitor> find(BrowserSession session, Instant now) {
    lock.lock();
    try {
      Optional<Visitor> found =
          Optional.ofNullable(bySession.remove(session.digest()))
              .filter(seen -> now.isBefore(seen.last().plus(IDLE)))
              .map(Seen::visitor);
      found.ifPresent(visitor -> bySession.put(session.digest(), new Seen(visitor, now)));
      return found;
    } finally {
      lock.unlock();
    }
  }

  void keep(BrowserSession session, Visitor visitor, Instant now) {
    lock.lock();
    try {
      bySession.put(session.digest(), new Seen(visitor, now));
      bySession.values().removeIf(seen -> !now.isBefore(seen.last().plus(IDLE)));
      if (bySession.size() > MOST) {
        bySession.remove(bySession.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(BrowserSession session) {
    lock.lock();
    try {
      bySession.remove(session.digest());
    } finally {
      lock.unlock();
    }
  }
}
