package dev.countersign.cli.driver;

import dev.countersign.client.AuthorizationRefused;
import dev.countersign.client.ClientException;
import dev.countersign.client.MetadataFault;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.TransportFault;
import dev.countersign.requirement.RequirementId;
import java.util.Optional;

/** What a run came to. */
public sealed interface Outcome {

  /** Every step went as it must. */
  record Success() implements Outcome {}

  /**
   * What came breaks a rule, so that the client went no further.
   *
   * @param reason ends with the rule, if there is one
   * @param rule the rule that was broken
   */
  record Stopped(String reason, Optional<RequirementId> rule) implements Outcome {}

  /**
   * A server said no, or something else than what a run needs.
   *
   * @param reason what was refused
   */
  record Refused(String reason) implements Outcome {}

  /**
   * A server did not answer, or not over TLS that can be trusted.
   *
   * @param reason what failed
   */
  record Unreachable(String reason) implements Outcome {}

  /** What the library's exception means for a run. */
  static Outcome of(ClientException fault) {
    String reason = String.valueOf(fault.getMessage());
    return switch (fault) {
      case ProtocolViolation violation -> new Stopped(reason, Optional.of(violation.rule()));
      case MetadataFault unusable -> new Stopped(reason, unusable.rule());
      case AuthorizationRefused _ -> new Refused(reason);
      case ServerRefused _ -> new Refused(reason);
      case TransportFault _ -> new Unreachable(reason);
    };
  }
}
