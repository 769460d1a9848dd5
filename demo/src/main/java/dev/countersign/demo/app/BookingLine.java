package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;
import java.time.Instant;

/**
 * A booking, as the bank told it.
 *
 * @param counterparty the other side's name
 * @param amount negative where money left the account
 */
public record BookingLine(Instant at, String counterparty, Money amount) {}
