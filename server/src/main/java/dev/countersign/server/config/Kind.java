package dev.countersign.server.config;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A kind of value: how it is read and how a right one looks.
 *
 * @param example a right value, as it stands in the file
 * @param reader makes the value or says what is wrong
 */
record Kind<T>(String example, Reader<T> reader) {

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Node node) throws WrongValue;
  }

  /** Says in one sentence, without the key, what is wrong with a value. */
  static final class WrongValue extends Exception {
    private static final long serialVersionUID = 1L;

    WrongValue(String fault) {
      super(fault);
    }

    String fault() {
      return String.valueOf(getMessage());
    }
  }
}
