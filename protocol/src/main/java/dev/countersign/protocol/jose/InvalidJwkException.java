package dev.countersign.protocol.jose;

import dev.countersign.requirement.RequirementId;

/** A JSON Web Key, or a set of them, that is not acceptable. */
public final class InvalidJwkException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RequirementId rule;
  private final String reason;

  /** Names the rule and says what is wrong in constant words of ours; never holds key material. */
  public InvalidJwkException(String rule, String reason) {
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
