package dev.countersign.protocol.json;

/** A text that is not the JSON it must be, or a member of another type than expected. */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Says what is wrong in constant words of ours and member names; never holds a value. */
  public MalformedJsonException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What is wrong; for the log. */
  public String reason() {
    return reason;
  }
}
