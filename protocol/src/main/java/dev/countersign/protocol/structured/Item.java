package dev.countersign.protocol.structured;

import java.util.List;

/**
 * One value and its parameters (RFC 9651 section 3.3).
 *
 * @param value the value
 * @param parameters what is said about it
 */
public record Item(BareItem value, Parameters parameters) implements Member {

  /** A value without parameters. */
  public static Item of(BareItem value) {
    return new Item(value, Parameters.NONE);
  }

  /**
   * Reads a field that holds one item (RFC 9651 section 4.2).
   *
   * @param lines the values of all lines of the field, in their order
   * @throws MalformedFieldException if they are not one item, or too long
   */
  public static Item parse(List<String> lines) throws MalformedFieldException {
    return FieldReader.item(lines);
  }
}
