package dev.countersign.protocol.httpsig;

import dev.countersign.requirement.RequirementId;

/**
 * A message that is not signed as it must be, or whose content is not what its digest says. Each
 * role turns it into its own refusal: a resource server into HTTP 401, a client into a failure.
 */
public final class InvalidHttpSignatureException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RequirementId rule;
  private final String reason;

  /**
   * Names the rule and says what is wrong, for the log: in words of ours; never holds a field value
   * or content of the message.
   */
  public InvalidHttpSignatureException(String rule, String reason) {
    super(rule + ": " + reason, null, false, false);
    this.rule = RequirementId.of(rule);
    this.reason = reason;
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
