package dev.countersign.resource;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers the proofs of one node in memory. A restart forgets them, so proofs that may be from
 * before the start are refused: with {@link Nonces.On} the client is asked for a newer nonce; with
 * {@link Nonces.Off} every proof, and every signature that must not be used again, is refused with
 * 503 until its {@code iat} or {@code created} is {@link TimeRules#FUTURE} after the start, since a
 * client's clock may run ahead by as much. Full of proofs that still count, it refuses rather than
 * forgets.
 *
 * <p>Safe for any number of threads.
 */
public final class InMemoryProofReplays implements ProofReplays {
  private static final int DEFAULT_CAPACITY = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<SecretDigest> used = new HashSet<>();
  private final PriorityQueue<Entry> byEnd =
      new PriorityQueue<>(Comparator.comparing(Entry::until));
  private final Instant since;
  private final int capacity;
  private Instant horizon = Instant.MIN;

  /**
   * An empty memory for up to a million proofs (about 100 MB when full).
   *
   * @param since as below
   */
  public InMemoryProofReplays(Instant since) {
    this(since, DEFAULT_CAPACITY);
  }

  /**
   * An empty memory.
   *
   * @param since when it begins: now, or as much earlier as it is certain that nobody has let a
   *     request through, for example at the very first start
   * @param capacity proofs at most, at least 1
   */
  public InMemoryProofReplays(Instant since, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("InMemoryProofReplays.capacity must be at least 1");
    }
    this.since = since;
    this.capacity = capacity;
  }

  @Override
  @Enforces({"DP-15", "SP-6.2"})
  public boolean useOnce(Thumbprint jkt, Jti jti, Instant until, Instant now) {
    // Hashed, so that a long jti takes no more room than a short one. The thumbprint has a fixed
    // length, so that no two pairs give the same text.
    SecretDigest proof = SecretDigest.of(jkt.value() + jti.value());
    lock.lock();
    try {
      forgetWhatNoLongerCounts(now);
      // A slow caller's now may lie before that of the caller whose proofs were last forgotten.
      if (until.isBefore(horizon) || used.contains(proof)) {
        return false;
      }
      if (used.size() >= capacity) {
        throw new ProofReplaysUnavailableException("The memory for used proofs is full");
      }
      used.add(proof);
      byEnd.add(new Entry(proof, until));
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant since() {
    return since;
  }

  private void forgetWhatNoLongerCounts(Instant now) {
    horizon = now.isAfter(horizon) ? now : horizon;
    for (Entry first = byEnd.peek();
        first != null && first.until().isBefore(now);
        first = byEnd.peek()) {
      byEnd.remove();
      used.remove(first.proof());
    }
  }

  private record Entry(SecretDigest proof, Instant until) {}
}
