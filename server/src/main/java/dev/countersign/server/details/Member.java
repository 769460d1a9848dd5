package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A member of an object that came from a client. A reader gives back empty for another type, and
 * the value is then shown as it came.
 *
 * @param holder the object
 * @param name the name in it
 */
record Member(JsonObject holder, String name) {

  /** A string. */
  Optional<String> string() {
    return read(() -> holder.string(name));
  }

  /** A number, or a string that is one. */
  Optional<BigDecimal> decimal() {
    Optional<BigDecimal> number = read(() -> holder.number(name));
    return number.isPresent() ? number : string().flatMap(Member::decimal);
  }

  /** Plain digits alone: what a person is shown must not depend on how a reader takes it. */
  private static Optional<BigDecimal> decimal(String text) {
    return text.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** A truth value. */
  Optional<Boolean> bool() {
    return read(() -> holder.bool(name));
  }

  /** An object. */
  Optional<JsonObject> object() {
    return read(() -> holder.object(name));
  }

  /** The strings of an array. */
  Optional<List<String>> strings() {
    return read(() -> holder.strings(name));
  }

  /** The objects of an array; none if it is anything else. */
  List<JsonObject> elements() {
    return read(() -> holder.objects(name)).orElse(List.of());
  }

  /** An object as the only one, or the objects of an array. */
  List<JsonObject> objects() {
    return object().map(List::of).orElseGet(this::elements);
  }

  /** Whether it is an array or object that says nothing. */
  boolean isEmpty() {
    return json().equals("[]") || json().equals("{}");
  }

  /** The value as JSON text. */
  String json() {
    return holder.memberJson(name).orElse("");
  }

  /** Reads a member. */
  @FunctionalInterface
  private interface Reading<T> {
    Optional<T> read() throws MalformedJsonException;
  }

  private static <T> Optional<T> read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (MalformedJsonException ofAnotherType) {
      return Optional.empty();
    }
  }

  /** The name alone: the value may be personal. */
  @Override
  public String toString() {
    return "Member[name=" + name + "]";
  }
}
