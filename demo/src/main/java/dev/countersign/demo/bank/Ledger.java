package dev.countersign.demo.bank;

import dev.countersign.protocol.oauth.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** All accounts of the bank, in memory. Safe for any number of threads. */
public final class Ledger {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Subject, List<Account>> byOwner = new HashMap<>();
  private int bookings;

  /** A ledger with these accounts; each subject sees its own only. */
  public Ledger(Map<Subject, List<Account>> accounts) {
    accounts.forEach((owner, list) -> byOwner.put(owner, new ArrayList<>(list)));
  }

  /** What came of a payment. */
  public sealed interface Outcome {
    /**
     * It is booked.
     *
     * @param from the account after it
     */
    record Booked(Booking booking, Account from) implements Outcome {}

    /** The account in that currency does not hold so much; nothing happened. */
    record InsufficientFunds() implements Outcome {}

    /** The person has no such account in that currency; nothing happened. */
    record NoAccount() implements Outcome {}

    /** It must not be paid; nothing happened. */
    record NotPermitted() implements Outcome {}
  }

  /** The person's accounts; none for somebody without. */
  public List<Account> accounts(Subject owner) {
    lock.lock();
    try {
      return List.copyOf(byOwner.getOrDefault(owner, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /** The person's account of this id; empty for nobody's and for another's alike. */
  public Optional<Account> account(Subject owner, String id) {
    return accounts(owner).stream().filter(account -> account.id().equals(id)).findFirst();
  }

  /**
   * Pays from the person's account that the order names, if {@code permitted} says so. That is
   * asked last and once, so that a permission is used up by the payment that is made, and by no
   * other.
   */
  public Outcome pay(Subject owner, PaymentOrder order, Instant now, BooleanSupplier permitted) {
    lock.lock();
    try {
      List<Account> mine = byOwner.getOrDefault(owner, List.of());
      String currency = order.amount().currency();
      for (int i = 0; i < mine.size(); i++) {
        Account account = mine.get(i);
        if (account.iban().equals(order.from()) && account.balance().currency().equals(currency)) {
          return book(mine, i, order, now, permitted);
        }
      }
      return new Outcome.NoAccount();
    } finally {
      lock.unlock();
    }
  }

  private Outcome book(
      List<Account> mine, int index, PaymentOrder order, Instant now, BooleanSupplier permitted) {
    Money leaving = order.amount().negate();
    if (mine.get(index).balance().plus(leaving).amount().signum() < 0) {
      return new Outcome.InsufficientFunds();
    }
    if (!permitted.getAsBoolean()) {
      return new Outcome.NotPermitted();
    }
    Booking booking = new Booking("P" + ++bookings, now, order.creditor(), leaving);
    Account after = mine.get(index).after(booking);
    mine.set(index, after);
    return new Outcome.Booked(booking, after);
  }
}
