package dev.countersign.protocol.structured;

/** What stands in a list or under the key of a dictionary (RFC 9651 sections 3.1 and 3.2). */
public sealed interface Member permits Item, InnerList {

  /** The parameters behind it. */
  Parameters parameters();

  /**
   * The canonical text, parameters included. A member that was parsed is written so wherever its
   * text is signed (RFC 9421 sections 2.1.2 and 2.3), whatever spaces it came with.
   */
  default String serialize() {
    return Serializer.of(this);
  }
}
