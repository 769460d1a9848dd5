package dev.countersign.protocol.structured;

import java.util.List;

/**
 * A field that is a list (RFC 9651 section 3.1).
 *
 * @param members in their order; may be empty
 */
public record ListField(List<Member> members) {

  /** Copies the members. */
  public ListField {
    members = List.copyOf(members);
  }

  /**
   * Reads a field that holds a list (RFC 9651 section 4.2.1).
   *
   * @param lines the values of all lines of the field, in their order; none of them is an empty
   *     list
   * @throws MalformedFieldException if they are no list, too long (64 KiB of text), or more than
   *     1,024 members, 256 items of one inner list or 256 parameters of one thing
   */
  public static ListField parse(List<String> lines) throws MalformedFieldException {
    return FieldReader.list(lines);
  }

  /** The canonical text (section 4.1.1). A list without members is not sent, its text is empty. */
  public String serialize() {
    return Serializer.of(this);
  }
}
