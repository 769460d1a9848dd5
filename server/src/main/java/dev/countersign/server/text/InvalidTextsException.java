package dev.countersign.server.text;

import java.util.List;

/** A file of messages is not right. */
public final class InvalidTextsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /** Carries what is wrong, a sentence each, at least one. */
  InvalidTextsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, each with the name of the file. */
  public List<String> faults() {
    return faults;
  }
}
