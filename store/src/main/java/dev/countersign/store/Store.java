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
        Consents,
        Codes,
        Grants,
        GrantRecords,
        EndedFamilies,
        Sessions,
        KeyRecords,
        Registrations,
        AutoCloseable {

  /**
   * Removes what is over, at most {@code limit} rows of each kind, without reading the rows that
   * stay. Nothing that another operation could still find at {@code now} or later is removed; a
   * one-time key is still found {@link OnceKeys#MARGIN} after its {@code until}, a code an hour
   * after it expired.
   *
   * @param limit rows of one kind at most; less than 1 is an {@link IllegalArgumentException}
   * @return how many rows went, so that the caller can go on while it is not zero
   */
  int sweep(Instant now, int limit);

  /** Finishes operations that were accepted, refuses new ones and lets go of the store. */
  @Override
  void close();
}
