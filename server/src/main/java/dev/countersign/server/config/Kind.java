package dev.countersign.server.config;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A kind of value: how it looks, what it must be, and how it is read.
 *
 * @param example a right value, as it stands in the file
 * @param shape the same for editors
 * @param note what a person must know of every value of this kind, in sentences; may be empty
 * @param reader makes the value or says what is wrong
 */
record Kind<T>(String example, Shape shape, String note, Reader<T> reader) {

  /** Reads a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Node node) throws WrongValue;
  }

  /** Looks at a value that was read. */
  @FunctionalInterface
  interface Check<T> {
    void check(T value) throws WrongValue;
  }

  /** The same, of those values alone that pass a check. */
  Kind<T> checked(Check<T> check) {
    return new Kind<>(
        example,
        shape,
        note,
        node -> {
          T value = reader.read(node);
          check.check(value);
          return value;
        });
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
