package dev.countersign.protocol.structured;

import java.util.List;

/**
 * Items in parentheses, and the parameters of the whole (RFC 9651 section 3.1.1). What {@link
 * #serialize} gives of a member of {@code Signature-Input} is the value of {@code
 * @signature-params} (RFC 9421 section 2.3).
 *
 * @param items in their order; may be empty
 * @param parameters of the list, not of its items
 */
public record InnerList(List<Item> items, Parameters parameters) implements Member {

  /** Copies the items. */
  public InnerList {
    items = List.copyOf(items);
  }
}
