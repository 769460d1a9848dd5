package dev.countersign.store;

/**
 * An authorization code and what became of it.
 *
 * @param code as it was issued
 * @param redeemed whether it has made or changed its grant: sent again, it ends that grant
 *     (SP-5.3.2.2-9)
 */
public record CodeRecord(IssuedCode code, boolean redeemed) {}
