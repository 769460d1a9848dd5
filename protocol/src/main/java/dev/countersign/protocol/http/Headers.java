package dev.countersign.protocol.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of one message, their names compared without regard to case (RFC 9110 section
 * 5.1). Immutable.
 */
public final class Headers {

  /** No header fields. */
  public static final Headers NONE = new Headers(Map.of());

  private final Map<String, List<String>> fields;

  private Headers(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /**
   * The fields in the order they came; one name may come often.
   *
   * @throws IllegalArgumentException for a name that is not a token, or a value with CR, LF or NUL
   *     (RFC 9110 section 5.5)
   */
  public static Headers of(List<Map.Entry<String, String>> fields) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : fields) {
      if (!Tokens.isToken(field.getKey())) {
        throw new IllegalArgumentException("header name is not a token");
      }
      String value = field.getValue();
      if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf(0) >= 0) {
        throw new IllegalArgumentException("header value has a line end or NUL");
      }
      byName.computeIfAbsent(lower(field.getKey()), name -> new ArrayList<>()).add(value);
    }
    byName.replaceAll((name, values) -> List.copyOf(values));
    return new Headers(byName);
  }

  /** All values under {@code name}, in their order; empty if there is none. */
  public List<String> all(String name) {
    return fields.getOrDefault(lower(name), List.of());
  }

  /** The first value under {@code name}. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The names, in lower case. */
  public Set<String> names() {
    return Set.copyOf(fields.keySet());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The names only: values may be tokens. */
  @Override
  public String toString() {
    return "Headers" + fields.keySet();
  }
}
