package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;

/**
 * An account, as the bank told it.
 *
 * @param id the bank's
 * @param name what its owner calls it
 */
public record AccountLine(String id, String name, Money balance) {}
