package dev.countersign.demo.story;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/**
 * Looks into JSON of messages. A member of another type than was looked for counts as absent: what
 * must be there is said by the observations, and absence fails them.
 */
public final class Json {
  private Json() {}

  /** An object; empty for anything else. */
  public static Optional<JsonObject> parse(byte[] utf8) {
    return look(() -> Optional.of(JsonObject.parse(utf8)));
  }

  /** A string. */
  public static Optional<String> text(JsonObject json, String name) {
    return look(() -> json.string(name));
  }

  /** An integer. */
  public static Optional<Long> number(JsonObject json, String name) {
    return look(() -> json.integer(name));
  }

  /** Whether it is {@code true}. */
  public static boolean isTrue(JsonObject json, String name) {
    return look(() -> json.bool(name)).orElse(false);
  }

  static List<String> texts(JsonObject json, String name) {
    return look(() -> json.strings(name)).orElse(List.of());
  }

  /** An object. */
  public static Optional<JsonObject> object(JsonObject json, String name) {
    return look(() -> json.object(name));
  }

  /** An array of objects; no elements for anything else. */
  public static List<JsonObject> objects(JsonObject json, String name) {
    return look(() -> json.objects(name)).orElse(List.of());
  }

  /** The member as text, whatever it is: a string as it is, anything else as JSON. */
  public static String show(JsonObject json, String name) {
    return text(json, name).orElseGet(() -> raw(json, name));
  }

  private static String raw(JsonObject json, String name) {
    Optional<String> plain =
        number(json, name)
            .map(String::valueOf)
            .or(() -> look(() -> json.bool(name)).map(String::valueOf))
            .or(() -> object(json, name).map(JsonObject::toJson))
            .or(() -> look(() -> json.strings(name)).map(list -> String.join(" ", list)));
    return plain.orElseGet(
        () -> objects(json, name).stream().map(JsonObject::toJson).toList().toString());
  }

  private interface Look<T> {
    Optional<T> at() throws MalformedJsonException;
  }

  private static <T> Optional<T> look(Look<T> look) {
    try {
      return look.at();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
