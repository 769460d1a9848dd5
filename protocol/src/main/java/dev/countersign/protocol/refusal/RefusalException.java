package dev.countersign.protocol.refusal;

/**
 * The one exception by which a message is refused.
 *
 * <p>It is an answer, not a fault of ours, so it has no stack trace and costs next to nothing: a
 * flood of bad requests must not be paid for in stack walks.
 */
public final class RefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** Carries {@code refusal}; the message names the rule and the public description only. */
  public RefusalException(Refusal refusal) {
    super(refusal.rule() + ": " + refusal.description(), null, false, false);
    this.refusal = refusal;
  }

  /** What was refused and why. */
  public Refusal refusal() {
    return refusal;
  }
}
