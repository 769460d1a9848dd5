package dev.countersign.protocol.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of an item or of an inner list (RFC 9651 section 3.1.2), in their order.
 *
 * <p>Two are equal if they hold the same, in whatever order: so are component identifiers compared
 * (RFC 9421 section 2). Who needs the order compares what {@link #serialize} gives.
 *
 * @param values by key; a key that came without a value has {@code true}
 */
public record Parameters(Map<String, BareItem> values) {

  /** No parameters. */
  public static final Parameters NONE = new Parameters(Map.of());

  /** Copies the map in its order; refuses a wrong key with {@link IllegalArgumentException}. */
  public Parameters {
    values.keySet().forEach(Grammar::requireKey);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The value of {@code key}. */
  public Optional<BareItem> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * These and one more at the end; a key that is there already gets the value where it stands.
   *
   * @throws IllegalArgumentException if {@code key} is none
   */
  public Parameters with(String key, BareItem value) {
    Map<String, BareItem> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Parameters(more);
  }

  /** The canonical text, semicolon first (RFC 9651 section 4.1.1.2); empty if there are none. */
  public String serialize() {
    return Serializer.of(this);
  }
}
