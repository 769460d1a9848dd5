/**
 * The tests that every store passes: each operation of the port with each of its outcomes, its
 * boundaries of time, its races, and that it happens whole or not at all.
 *
 * <p>A store has one test class that extends {@link dev.countersign.store.contract.StoreContract}.
 * Nothing here knows how a store keeps its state.
 */
@NullMarked
package dev.countersign.store.contract;

import org.jspecify.annotations.NullMarked;
