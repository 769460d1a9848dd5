/**
 * A small bank's API behind the resource library: accounts, their bookings and payments.
 *
 * <p>Owns the ledger, which lives in memory and really changes, and the bank's own errors in JSON.
 * Whether a request may come in is judged by {@link dev.countersign.resource.ResourceServer} alone
 * (FAPI 2.0 Security Profile section 5.3.4); what it may do follows from scope and subject of its
 * token. Never looks at a token or proof itself.
 */
@NullMarked
package dev.countersign.demo.bank;

import org.jspecify.annotations.NullMarked;
