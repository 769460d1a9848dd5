package dev.countersign.store;

/**
 * How often a grant was changed.
 *
 * @param revision counts every change: who changes a grant says what it was when they looked
 * @param generation counts replacements: tokens of an earlier generation allow what is allowed no
 *     more, so they end with it (GM-10-2)
 */
public record GrantVersion(long revision, long generation) {

  /** Of a grant that was never changed. */
  public static final GrantVersion FIRST = new GrantVersion(0, 0);

  /** Refuses negative counts, and more replacements than changes. */
  public GrantVersion {
    if (generation < 0 || revision < generation) {
      throw new IllegalArgumentException(
          "GrantVersion must be zero or more, and generation at most revision");
    }
  }

  /** After something was added. */
  public GrantVersion merged() {
    return new GrantVersion(revision + 1, generation);
  }

  /** After all of it was replaced. */
  public GrantVersion replaced() {
    return new GrantVersion(revision + 1, generation + 1);
  }
}
