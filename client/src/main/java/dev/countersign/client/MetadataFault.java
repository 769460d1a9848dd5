package dev.countersign.client;

import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.RequirementId;
import java.util.Optional;

/**
 * The metadata of the authorization server cannot be trusted or used: another issuer in it, an
 * endpoint that is missing or not {@code https} (RFC 8414 section 3.3). Nothing was sent to any
 * endpoint it names.
 */
public final class MetadataFault extends ClientException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  MetadataFault(RemoteException cause) {
    super("the metadata is not usable: " + cause.getMessage(), cause);
    this.rule =
        cause.getCause() instanceof InvalidMetadataException invalid ? invalid.rule().value() : "";
  }

  MetadataFault(String message) {
    super(message);
    this.rule = "";
  }

  /**
   * The rule that the document breaks; empty if there is no document, or it lacks what is asked.
   */
  public Optional<RequirementId> rule() {
    return rule.isEmpty() ? Optional.empty() : Optional.of(RequirementId.of(rule));
  }
}
