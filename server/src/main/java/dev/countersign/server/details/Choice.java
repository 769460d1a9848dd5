package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.text.LocalText;

/**
 * Something of a person's own that they can choose at consent, for example an account.
 *
 * @param label what they call it
 * @param value what the details get if they choose it
 */
public record Choice(LocalText label, JsonObject value) {

  /** Nothing of it: it is personal. */
  @Override
  public String toString() {
    return "Choice";
  }
}
