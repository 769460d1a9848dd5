package dev.countersign.demo.bank;

import java.time.Instant;

/**
 * A line of an account.
 *
 * @param id unique in the ledger
 * @param at when it was booked
 * @param counterparty the other side's name
 * @param amount negative where money left the account
 */
public record Booking(String id, Instant at, String counterparty, Money amount) {}
