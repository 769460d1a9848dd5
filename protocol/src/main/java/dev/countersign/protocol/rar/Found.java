package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands at a place of an object. Nothing there is empty; what is there and of another kind
 * than was asked for is refused, since a bound that cannot be read is no absent bound.
 *
 * @param place a JSON pointer
 * @param values as {@link JsonObject#value} gives them
 */
record Found(String place, List<Object> values) {
  private static final String EACH = "*";
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,6}");

  /** The one value of a place. */
  static Found at(JsonObject json, String pointer) throws MalformedJsonException {
    if (JsonPointer.parse(pointer).tokens().contains(EACH)) {
      throw new IllegalArgumentException("a pointer to one place has no *");
    }
    return all(json, pointer);
  }

  /** The values of all places: {@code *} stands for each element of an array. */
  static Found all(JsonObject json, String pointer) throws MalformedJsonException {
    List<Object> values = List.of(json);
    for (String token : JsonPointer.parse(pointer).tokens()) {
      List<Object> next = new ArrayList<>();
      for (Object value : values) {
        next.addAll(step(value, token, pointer));
      }
      values = next;
    }
    return new Found(pointer, values);
  }

  private static List<?> step(Object value, String token, String pointer)
      throws MalformedJsonException {
    return switch (value) {
      case List<?> elements when token.equals(EACH) -> elements;
      case List<?> elements when INDEX.matcher(token).matches() ->
          elements.stream().skip(Long.parseLong(token)).limit(1).toList();
      case JsonObject object when !token.equals(EACH) -> object.value(token).stream().toList();
      default -> throw new MalformedJsonException(pointer + " leads through another kind of value");
    };
  }

  List<String> texts() throws MalformedJsonException {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof String text)) {
        throw isNo("string");
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  Optional<String> text() throws MalformedJsonException {
    return texts().stream().findFirst();
  }

  Optional<BigDecimal> number() throws MalformedJsonException {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Object value = values.getFirst();
    Optional<BigDecimal> number =
        ComparisonRule.Quantity.number(value).or(() -> ComparisonRule.Quantity.decimal(value));
    return Optional.of(number.orElseThrow(() -> isNo("number")));
  }

  Optional<LocalDate> date() throws MalformedJsonException {
    Optional<String> text = text();
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw isNo("date");
    }
  }

  private MalformedJsonException isNo(String kind) {
    return new MalformedJsonException(place + " is no " + kind);
  }
}
