/**
 * The store in SQL, embedded in the process: one SQLite file.
 *
 * <p>Owns the file and its lock, the schema, the one writer that commits waiting operations
 * together, and the SQL text of every operation. The text is plain ({@code ON CONFLICT}, {@code
 * RETURNING}) and holds no value of a request; values are bound. What may be redeemed, refreshed or
 * revoked is the meaning of the port in {@code dev.countersign.store}; this package never adds a
 * rule to it, and never reports anything that is not committed and synced.
 */
@NullMarked
package dev.countersign.store.sql;

import org.jspecify.annotations.NullMarked;
