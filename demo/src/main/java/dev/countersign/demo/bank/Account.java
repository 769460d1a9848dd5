package dev.countersign.demo.bank;

import java.util.ArrayList;
import java.util.List;

/**
 * An account as it stands. Immutable; a booking makes a new one.
 *
 * @param id unique in the ledger; visible ASCII without slash
 * @param name what its owner calls it
 * @param iban its number at the bank, which others know it by
 * @param balance what is in it
 * @param bookings the newest last
 */
public record Account(String id, String name, String iban, Money balance, List<Booking> bookings) {

  /** Copies the list. */
  public Account {
    bookings = List.copyOf(bookings);
  }

  /** This account after the booking. */
  Account after(Booking booking) {
    List<Booking> more = new ArrayList<>(bookings);
    more.add(booking);
    return new Account(id, name, iban, balance.plus(booking.amount()), more);
  }
}
