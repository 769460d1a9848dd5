package dev.countersign.client;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Transactions in the memory of one process. When it is full the oldest one is forgotten, whose
 * person begins anew. May be called by any number of threads at once.
 */
public final class InMemoryTransactionStore implements TransactionStore {

  private record Key(Issuer issuer, SecretDigest session, State state) {}

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Key, Transaction> transactions = new LinkedHashMap<>();

  /**
   * An empty store.
   *
   * @param capacity how many transactions it keeps at most; positive, otherwise {@link
   *     IllegalArgumentException}
   */
  public InMemoryTransactionStore(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive");
    }
    this.capacity = capacity;
  }

  @Override
  public void keep(Transaction transaction, Instant now) {
    lock.lock();
    try {
      forgetExpired(now);
      transactions.put(
          new Key(transaction.issuer(), transaction.session(), transaction.state()), transaction);
      if (transactions.size() > capacity) {
        transactions.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  @Enforces({"SP-5.3.3.2-4", "SP-6.4"})
  public Optional<Transaction> take(Issuer issuer, SecretDigest session, State state, Instant now) {
    lock.lock();
    try {
      return Optional.ofNullable(transactions.remove(new Key(issuer, session, state)))
          .filter(transaction -> now.isBefore(transaction.expiresAt()));
    } finally {
      lock.unlock();
    }
  }

  /** Looks from the oldest on and ends at the first that lives, so a full store stays cheap. */
  private void forgetExpired(Instant now) {
    Iterator<Transaction> oldestFirst = transactions.values().iterator();
    while (oldestFirst.hasNext() && !now.isBefore(oldestFirst.next().expiresAt())) {
      oldestFirst.remove();
    }
  }
}
