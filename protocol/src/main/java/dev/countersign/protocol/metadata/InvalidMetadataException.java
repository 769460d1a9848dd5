package dev.countersign.protocol.metadata;

import dev.countersign.requirement.RequirementId;

/** A metadata document that must not be used; the message names the member and its fault. */
public final class InvalidMetadataException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RequirementId rule;

  InvalidMetadataException(String rule, String message) {
    super(message + " (" + rule + ")");
    this.rule = RequirementId.of(rule);
  }

  /** The requirement the document breaks. */
  public RequirementId rule() {
    return rule;
  }
}
