package dev.countersign.protocol.json;

import java.util.Optional;

/** A text that is not the JSON it must be, or a member of another type than expected. */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String member;

  /** Says what is wrong in constant words of ours and member names; never holds a value. */
  public MalformedJsonException(String reason) {
    this(reason, "");
  }

  private MalformedJsonException(String reason, String member) {
    super(reason, null, false, false);
    this.reason = reason;
    this.member = member;
  }

  /** Says that a member is of another type than was asked for. */
  static MalformedJsonException wrongType(String member, String expected) {
    return new MalformedJsonException("member " + member + " is not " + expected, member);
  }

  /** The member of another type that this is about; empty if it is about anything else. */
  public Optional<String> member() {
    return Optional.of(member).filter(name -> !name.isEmpty());
  }

  /** What is wrong; for the log. */
  public String reason() {
    return reason;
  }
}
