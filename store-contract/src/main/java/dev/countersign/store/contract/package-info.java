/** The tests that every store passes. */
@NullMarked
package dev.countersign.store.contract;

import org.jspecify.annotations.NullMarked;
