package dev.countersign.store.sql;

/**
 * What an operation answers, and whether what it changed stays.
 *
 * @param outcome the answer
 * @param kept false undoes every change of the operation; the answer is given all the same
 */
record Change<T>(T outcome, boolean kept) {

  /** The changes stay. */
  static <T> Change<T> kept(T outcome) {
    return new Change<>(outcome, true);
  }

  /** The changes, if any were made on the way to this answer, are undone. */
  static <T> Change<T> undone(T outcome) {
    return new Change<>(outcome, false);
  }
}
