package dev.countersign.client;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Transactions in the memory of one process: at most 20 of one browser session (our choice), then
 * the oldest of that session is forgotten, so that one session cannot drive out the others. When
 * the whole is full the oldest of all is forgotten. Whose flow was forgotten begins anew; who can
 * open many sessions must be held back before it comes to a start. May be called by any number of
 * threads at once.
 */
public final class InMemoryTransactionStore implements TransactionStore {

  private record Key(Issuer issuer, SecretDigest session, State state) {}

  private static final int MOST_OF_A_SESSION = 20;

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Key, Transaction> transactions = new LinkedHashMap<>();
  private final Map<SecretDigest, LinkedHashSet<Key>> ofSession = new HashMap<>();

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
      Key key = new Key(transaction.issuer(), transaction.session(), transaction.state());
      transactions.put(key, transaction);
      LinkedHashSet<Key> own =
          ofSession.computeIfAbsent(key.session(), session -> new LinkedHashSet<>());
      own.add(key);
      if (own.size() > MOST_OF_A_SESSION) {
        forget(own.getFirst());
      }
      if (transactions.size() > capacity) {
        forget(transactions.firstEntry().getKey());
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
      return forget(new Key(issuer, session, state))
          .filter(transaction -> now.isBefore(transaction.expiresAt()));
    } finally {
      lock.unlock();
    }
  }

  /** Looks from the oldest on and ends at the first that lives, so a full store stays cheap. */
  private void forgetExpired(Instant now) {
    Map.Entry<Key, Transaction> oldest = transactions.firstEntry();
    while (oldest != null && !now.isBefore(oldest.getValue().expiresAt())) {
      forget(oldest.getKey());
      oldest = transactions.firstEntry();
    }
  }

  private Optional<Transaction> forget(Key key) {
    Optional<Transaction> forgotten = Optional.ofNullable(transactions.remove(key));
    LinkedHashSet<Key> own = ofSession.get(key.session());
    if (own != null) {
      own.remove(key);
      if (own.isEmpty()) {
        ofSession.remove(key.session());
      }
    }
    return forgotten;
  }
}
