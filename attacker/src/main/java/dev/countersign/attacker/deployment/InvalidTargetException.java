package dev.countersign.attacker.deployment;

import java.util.List;
import java.util.stream.Collectors;

/** The target file is not right. The message lists all that was found, ready for a terminal. */
public final class InvalidTargetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<TargetFault> faults;

  InvalidTargetException(List<TargetFault> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  /** All that was found, in the order of the file; at least one. */
  public List<TargetFault> faults() {
    return faults;
  }

  private static String message(List<TargetFault> faults) {
    String head =
        faults.size() == 1
            ? "The target file has a problem.\n"
            : "The target file has " + faults.size() + " problems.\n";
    return faults.stream().map(TargetFault::toString).collect(Collectors.joining("\n", head, ""));
  }
}
