package dev.countersign.client;

import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.RequirementId;

/**
 * A message broke a rule and was discarded: an attack, or a server that does not keep to the
 * profile. The flow it belongs to is over; begin a new one.
 */
public final class ProtocolViolation extends ClientException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  ProtocolViolation(String rule, String fault) {
    super(fault + " (" + rule + ")");
    this.rule = rule;
  }

  ProtocolViolation(RequirementId rule, String fault, Throwable cause) {
    super(fault + " (" + rule.value() + ")", cause);
    this.rule = rule.value();
  }

  /** What the protocol module refused, seen by a client. */
  static ProtocolViolation of(RefusalException refused) {
    return new ProtocolViolation(
        refused.refusal().rule(), refused.refusal().description(), refused);
  }

  /** The rule that was broken. */
  public RequirementId rule() {
    return RequirementId.of(rule);
  }
}
