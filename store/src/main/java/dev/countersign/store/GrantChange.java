package dev.countersign.store;

/**
 * What a code does to a grant that is there ({@code merge} and {@code replace} of Grant
 * Management).
 *
 * @param before what the grant was when the change was worked out
 * @param after what it shall be; the same grant, client and person
 */
public record GrantChange(GrantVersion before, Grant after) {

  /** Refuses a version that does not follow. */
  public GrantChange {
    if (after.version().revision() != before.revision() + 1) {
      throw new IllegalArgumentException("GrantChange.after must be the next revision");
    }
  }

  /** Whether what was allowed before counts no more, so that its access tokens end too. */
  public boolean replaces() {
    return after.version().generation() != before.generation();
  }
}
