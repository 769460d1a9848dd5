package dev.countersign.demo;

import dev.countersign.edge.CannotListenException;

/** A part of the demonstration cannot listen; the message says where and why, in one sentence. */
public final class DoorBlockedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Demo.Part part;

  DoorBlockedException(Demo.Part part, CannotListenException cause) {
    super(cause.getMessage(), cause);
    this.part = part;
  }

  /** Whose door it is. */
  public Demo.Part part() {
    return part;
  }
}
