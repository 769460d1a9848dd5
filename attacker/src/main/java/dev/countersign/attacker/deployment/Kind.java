package dev.countersign.attacker.deployment;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A kind of value: how it looks, and how it is read.
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

    private final transient Optional<Node> where;

    WrongValue(String fault) {
      this(fault, Optional.empty());
    }

    /** Of a part of the value. */
    WrongValue(Node where, String fault) {
      this(fault, Optional.of(where));
    }

    private WrongValue(String fault, Optional<Node> where) {
      super(fault);
      this.where = where;
    }

    String fault() {
      return String.valueOf(getMessage());
    }

    /** The part that is wrong, or else the whole. */
    Node where(Node whole) {
      return where.orElse(whole);
    }
  }
}
