package dev.countersign.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** One-time use of assertions and proofs where nothing else is stored with it. */
public interface OnceKeys {

  /**
   * How long a used key stays used after its {@code until}, at least. A caller judges a thing by a
   * time that it took before; until its operation is carried out, others may have swept by a later
   * time. So this is more than a request and its wait for the store take together (our choice).
   */
  Duration MARGIN = Duration.ofMinutes(2);

  /**
   * Uses up all keys together, or none of them. Of callers that race with one key exactly one gets
   * {@link Outcome.Used}. After a crash a key that was reported used is still used.
   *
   * <p>A used key stays used for {@link #MARGIN} after its {@code until}, the last instant
   * included, and after that until it is swept ({@link Store#sweep}). A key whose {@code until}
   * lies before {@code now} is used up like any other; refusing what is too old is the caller's
   * rule.
   */
  Outcome useOnce(Set<OnceKey> keys, Instant now);

  /** What came of {@link #useOnce}. */
  sealed interface Outcome {
    /** All keys were fresh and are now used up. */
    record Used() implements Outcome {}

    /**
     * At least one key was used before; none was used up now.
     *
     * @param key the one that was used before; of several, one whose kind comes first
     */
    record Replayed(OnceKey key) implements Outcome {}
  }
}
