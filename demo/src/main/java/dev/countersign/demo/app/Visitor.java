package dev.countersign.demo.app;

import dev.countersign.client.Tokens;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.oauth.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A person who connected a bank in one browser, with the last {@value #MOST_PAYMENTS} payments.
 * Safe for any number of threads.
 */
final class Visitor {
  private static final int MOST_PAYMENTS = 50;

  private final String name;
  private final Optional<Subject> subject;
  private final Permission connection;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Payment> payments = new LinkedHashMap<>();

  /**
   * A visitor who has just connected.
   *
   * @param name what to call the person
   * @param tokens what the person allowed by that
   */
  Visitor(String name, Tokens tokens) {
    this.name = name;
    this.subject = tokens.idToken().map(IdTokenClaims::sub);
    this.connection = new Permission(tokens);
  }

  String name() {
    return name;
  }

  /** Whether these tokens are of the same person at the bank. */
  boolean isPersonOf(Tokens tokens) {
    return subject.isPresent() && subject.equals(tokens.idToken().map(IdTokenClaims::sub));
  }

  /** That the person lets the accounts be read. */
  Permission connection() {
    return connection;
  }

  /** Keeps an order, unless the one of this name was sent already. Gives back which is kept. */
  Payment ask(Payment payment) {
    lock.lock();
    try {
      Optional<Payment> sent =
          payment(payment.order()).filter(one -> !(one.outcome() instanceof Payment.Outcome.Asked));
      if (sent.isPresent()) {
        return sent.get();
      }
      payments.put(payment.order(), payment);
      if (payments.size() > MOST_PAYMENTS) {
        payments.remove(payments.keySet().iterator().next());
      }
      return payment;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the order was not sent yet: the one call that gets {@code true} may send it. */
  boolean send(Payment payment, Payment.Allowed yes) {
    lock.lock();
    try {
      return payment.outcome() instanceof Payment.Outcome.Asked
          && payments.replace(payment.order(), payment, payment.sentBy(yes));
    } finally {
      lock.unlock();
    }
  }

  /** Notes what came of an order. */
  void end(Payment payment, Payment.Outcome outcome) {
    lock.lock();
    try {
      payments.computeIfPresent(payment.order(), (_, kept) -> kept.with(outcome));
    } finally {
      lock.unlock();
    }
  }

  /** All orders, the oldest first. */
  List<Payment> payments() {
    lock.lock();
    try {
      return List.copyOf(payments.values());
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
