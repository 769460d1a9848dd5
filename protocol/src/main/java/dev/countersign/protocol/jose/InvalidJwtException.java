package dev.countersign.protocol.jose;

import dev.countersign.requirement.RequirementId;

/**
 * A JWT that is not acceptable. Each role turns it into its own refusal, since the same fault has
 * another error code in an assertion, a proof and a token.
 */
public final class InvalidJwtException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RequirementId rule;
  private final String reason;

  /**
   * Names the rule and says what is wrong, for the log: in words of ours, with the one value that
   * is wrong where it is no secret; never holds the JWT.
   */
  public InvalidJwtException(RequirementId rule, String reason) {
    super(rule + ": " + reason, null, false, false);
    this.rule = rule;
    this.reason = reason;
  }

  /** The same for the requirement with the id {@code rule}. */
  public InvalidJwtException(String rule, String reason) {
    this(RequirementId.of(rule), reason);
  }

  /** The requirement that was not met. */
  public RequirementId rule() {
    return rule;
  }

  /** What is wrong; for the log. */
  public String reason() {
    return reason;
  }
}
