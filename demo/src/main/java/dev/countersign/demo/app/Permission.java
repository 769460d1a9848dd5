package dev.countersign.demo.app;

import dev.countersign.client.Tokens;
import java.util.concurrent.locks.ReentrantLock;

/** One yes of a person, as tokens that are renewed. Safe for any number of threads. */
final class Permission {
  private final ReentrantLock lock = new ReentrantLock();
  private Tokens tokens;

  Permission(Tokens tokens) {
    this.tokens = tokens;
  }

  Tokens tokens() {
    lock.lock();
    try {
      return tokens;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps refreshed tokens in place of the old ones. */
  void keep(Tokens renewed) {
    lock.lock();
    try {
      tokens = renewed;
    } finally {
      lock.unlock();
    }
  }
}
