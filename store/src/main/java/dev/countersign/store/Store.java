package dev.countersign.store;

import java.time.Instant;

/**
 * All that the authorization server remembers. Rooms of the server take the narrow interface that
 * they need; only the composition sees this one.
 *
 * <p>Safe for use by any number of threads at once. Every method throws {@link StoreException} when
 * the store cannot answer; the caller then issues nothing.
 */
public interface Store
    extends OnceKeys,
        PushedRequests,
        Interactions,
        Codes,
        Grants,
        Sessions,
        KeyRecords,
        AutoCloseable {

  /**
   * Removes rows whose time has passed, at most {@code limit} of each kind, without reading the
   * rows that stay. Nothing that another operation could still find is removed.
   *
   * @param limit rows of one kind at most, at least 1
   * @return how many rows went, so that the caller can go on while it is not zero
   */
  int sweep(Instant now, int limit);

  /** Finishes operations that were accepted, refuses new ones and lets go of the store. */
  @Override
  void close();
}
