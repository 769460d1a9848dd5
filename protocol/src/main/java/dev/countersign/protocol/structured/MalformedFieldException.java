package dev.countersign.protocol.structured;

/** A field value that is not the structured field it must be. */
public final class MalformedFieldException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Says what is wrong in constant words; never holds a part of the value. */
  public MalformedFieldException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** What is wrong; for the log. */
  public String reason() {
    return reason;
  }
}
