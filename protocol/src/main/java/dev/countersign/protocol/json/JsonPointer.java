package dev.countersign.protocol.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names a place in a JSON object (RFC 6901).
 *
 * @param tokens the names and indexes on the way there; empty for the object itself
 */
public record JsonPointer(List<String> tokens) {

  /** The object itself. */
  public static final JsonPointer WHOLE = new JsonPointer(List.of());

  /** Copies the list. */
  public JsonPointer {
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads a pointer as it is written, for instance {@code /instructedAmount/amount}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static JsonPointer parse(String text) {
    if (text.isEmpty()) {
      return WHOLE;
    }
    if (!text.startsWith("/") || text.matches("(?s).*~(?![01]).*")) {
      throw new IllegalArgumentException("no JSON pointer (RFC 6901)");
    }
    return new JsonPointer(
        Arrays.stream(text.substring(1).split("/", -1))
            .map(token -> token.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  /** The place one step further down. */
  public JsonPointer child(String token) {
    List<String> longer = new ArrayList<>(tokens);
    longer.add(token);
    return new JsonPointer(longer);
  }

  /** Whether {@code other} is this place or one within it. */
  public boolean covers(JsonPointer other) {
    return other.tokens.size() >= tokens.size()
        && other.tokens.subList(0, tokens.size()).equals(tokens);
  }

  /** What stands there, as {@link JsonObject#value} gives it; empty if there is nothing. */
  public Optional<Object> find(JsonObject in) {
    Object place = in;
    for (String token : tokens) {
      Optional<?> next =
          switch (place) {
            case JsonObject object -> object.value(token);
            case List<?> elements -> element(elements, token);
            default -> Optional.empty();
          };
      if (next.isEmpty()) {
        return Optional.empty();
      }
      place = next.get();
    }
    return Optional.of(place);
  }

  private static Optional<?> element(List<?> elements, String token) {
    if (!token.matches("0|[1-9][0-9]{0,6}")) {
      return Optional.empty();
    }
    int index = Integer.parseInt(token);
    return index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
  }

  /** The pointer as it is written. */
  @Override
  public String toString() {
    return tokens.stream()
        .map(token -> "/" + token.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
