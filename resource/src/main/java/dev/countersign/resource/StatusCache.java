package dev.countersign.resource;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers for a short while what was answered about tokens, each known by its digest. When it is
 * full the oldest goes, and is asked about again. Safe for any number of threads.
 */
final class StatusCache {
  private static final int CAPACITY = 10_000;

  private record Answer(boolean stands, Instant from, Instant until) {}

  private final Duration lifetime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SecretDigest, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SecretDigest, Answer> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Remembers for so long; zero: nothing. */
  StatusCache(Duration lifetime) {
    this.lifetime = lifetime;
  }

  /** Another one, that remembers nothing yet, for as long. */
  StatusCache empty() {
    return new StatusCache(lifetime);
  }

  /** What was answered a short while ago. */
  Optional<Boolean> find(SecretDigest token, Instant now) {
    lock.lock();
    try {
      return Optional.ofNullable(answers.get(token))
          .filter(answer -> !now.isBefore(answer.from()) && now.isBefore(answer.until()))
          .map(Answer::stands);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Remembers an answer, and never beyond the end of the token.
   *
   * @param asked when the question was put: what is ended after it is not known yet
   */
  @Enforces("IN-4")
  void keep(SecretDigest token, boolean stands, Instant asked, Instant exp) {
    Instant end = asked.plus(lifetime);
    Answer answer = new Answer(stands, asked, end.isBefore(exp) ? end : exp);
    if (!answer.from().isBefore(answer.until())) {
      return;
    }
    lock.lock();
    try {
      Answer before = answers.remove(token);
      boolean newer = before == null || !before.from().isAfter(asked);
      // Anew at the end, so that the first is the oldest.
      answers.put(token, newer ? answer : before);
    } finally {
      lock.unlock();
    }
  }
}
