package dev.countersign.demo.app;

import dev.countersign.client.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A person who connected a bank in one browser. Safe for any number of threads. */
final class Visitor {
  private static final int MOST_PAYMENTS = 50;

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Payment> payments = new LinkedHashMap<>();
  private Tokens tokens;

  /**
   * A visitor who has just connected.
   *
   * @param name what to call the person
   */
  Visitor(String name, Tokens tokens) {
    this.name = name;
    this.tokens = tokens;
  }

  String name() {
    return name;
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

  /** Whether the order is new: the one call that gets {@code true} may send it to the bank. */
  boolean begin(String order, Payment payment) {
    lock.lock();
    try {
      if (payments.putIfAbsent(order, payment) != null) {
        return false;
      }
      if (payments.size() > MOST_PAYMENTS) {
        payments.remove(payments.keySet().iterator().next());
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Notes what came of an order. */
  void end(String order, Payment payment) {
    lock.lock();
    try {
      payments.replace(order, payment);
    } finally {
      lock.unlock();
    }
  }

  Optional<Payment> payment(String order) {
    lock.lock();
    try {
      return Optional.ofNullable(payments.get(order));
    } finally {
      lock.unlock();
    }
  }
}
