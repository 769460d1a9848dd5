/** The store in SQL: SQLite embedded. */
@NullMarked
package dev.countersign.store.sql;

import org.jspecify.annotations.NullMarked;
