package dev.countersign.protocol.jar;

import dev.countersign.protocol.jose.InvalidJwtException;

/** A claim that whoever made the object is told of by its name if it cannot be read. */
final class NamedClaim {

  private NamedClaim() {}

  /** Reads one claim. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws InvalidJwtException;
  }

  /**
   * What is read of a claim.
   *
   * @param name one of the names that we know, since it goes over the wire
   */
  static <T> T read(String name, Reading<T> reading) {
    try {
      return reading.read();
    } catch (InvalidJwtException e) {
      throw RequestObject.invalid(
          e.rule().value(), name + " of the request object is missing or malformed", e.reason());
    }
  }
}
