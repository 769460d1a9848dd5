package dev.countersign.protocol.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A JSON object: immutable, members in the order they came. Safe for use by many threads.
 *
 * <p>A reader of a member gives back empty if there is none, and refuses one of another type, also
 * {@code null}: that is the sender's fault and never taken for absence.
 */
public final class JsonObject {

  private final Map<String, Object> members;

  JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  /** Reads {@code utf8} within {@link JsonLimits#DEFAULT}. */
  public static JsonObject parse(byte[] utf8) throws MalformedJsonException {
    return parse(utf8, JsonLimits.DEFAULT);
  }

  /** Reads {@code utf8} within {@code limits}. */
  public static JsonObject parse(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
    return JsonReader.read(utf8, limits);
  }

  /** Reads {@code text} within {@link JsonLimits#DEFAULT}. */
  public static JsonObject parse(String text) throws MalformedJsonException {
    return JsonReader.read(text, JsonLimits.DEFAULT);
  }

  /**
   * Reads an array of objects, which is no object itself.
   *
   * @param limits the array counts as one level
   */
  public static List<JsonObject> parseArray(String text, JsonLimits limits)
      throws MalformedJsonException {
    return JsonReader.readObjects(text, limits);
  }

  /** The objects as the text of an array, without white space. */
  public static String toJson(List<JsonObject> objects) {
    return JsonWriter.write(objects);
  }

  /** A string. */
  public Optional<String> string(String name) throws MalformedJsonException {
    return read(name, String.class, "a string");
  }

  /** An integer of 64 bits, written without fraction and exponent. */
  public Optional<Long> integer(String name) throws MalformedJsonException {
    return read(name, Long.class, "an integer");
  }

  /** Any number, exactly as it was written. */
  public Optional<BigDecimal> number(String name) throws MalformedJsonException {
    return switch (members.get(name)) {
      case null -> Optional.empty();
      case Long number -> Optional.of(BigDecimal.valueOf(number));
      case BigInteger number -> Optional.of(new BigDecimal(number));
      case BigDecimal number -> Optional.of(number);
      default -> throw MalformedJsonException.wrongType(name, "a number");
    };
  }

  /** A truth value. */
  public Optional<Boolean> bool(String name) throws MalformedJsonException {
    return read(name, Boolean.class, "a boolean");
  }

  /** An array of strings; a single string is none. */
  public Optional<List<String>> strings(String name) throws MalformedJsonException {
    Optional<List<?>> elements = array(name);
    if (elements.isEmpty()) {
      return Optional.empty();
    }
    List<String> strings = new ArrayList<>();
    for (Object element : elements.get()) {
      if (!(element instanceof String string)) {
        throw MalformedJsonException.wrongType(name, "an array of strings");
      }
      strings.add(string);
    }
    return Optional.of(Collections.unmodifiableList(strings));
  }

  /** An object. */
  public Optional<JsonObject> object(String name) throws MalformedJsonException {
    return read(name, JsonObject.class, "an object");
  }

  /** An array of objects. */
  public Optional<List<JsonObject>> objects(String name) throws MalformedJsonException {
    Optional<List<?>> elements = array(name);
    if (elements.isEmpty()) {
      return Optional.empty();
    }
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : elements.get()) {
      if (!(element instanceof JsonObject object)) {
        throw MalformedJsonException.wrongType(name, "an array of objects");
      }
      objects.add(object);
    }
    return Optional.of(Collections.unmodifiableList(objects));
  }

  /**
   * A value of whatever type: a {@code String}, {@code Long}, {@code BigInteger}, {@code
   * BigDecimal}, {@code Boolean}, {@code JsonObject}, a {@code List} of such values, or a value of
   * another class for {@code null}. Two of them are equal if they were written as the same JSON.
   */
  public Optional<Object> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Whether there is a member of this name, of whatever type, {@code null} included. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Whether the member of this name is a string. */
  public boolean isString(String name) {
    return members.get(name) instanceof String;
  }

  /** Whether the member of this name is there and {@code null}. */
  public boolean isNull(String name) {
    return members.get(name) == JsonNull.NULL;
  }

  /** Whether the member of this name is an array, of whatever. */
  public boolean isArray(String name) {
    return members.get(name) instanceof List<?>;
  }

  /** The names of the members, in their order. */
  public Set<String> names() {
    return members.keySet();
  }

  /** This object with those of its members only whose names are given, in their order. */
  public JsonObject only(Set<String> names) {
    Map<String, Object> kept = new LinkedHashMap<>(members);
    kept.keySet().retainAll(names);
    return new JsonObject(Collections.unmodifiableMap(kept));
  }

  /** A member as JSON text without white space, of whatever type; empty if there is none. */
  public Optional<String> memberJson(String name) {
    return Optional.ofNullable(members.get(name)).map(JsonWriter::writeValue);
  }

  /**
   * This object with its members, and those of all objects within it, by ascending name: equal
   * objects then have equal texts.
   */
  public JsonObject sorted() {
    Map<String, Object> kept = new LinkedHashMap<>();
    new TreeMap<>(members).forEach((name, value) -> kept.put(name, sorted(value)));
    return new JsonObject(Collections.unmodifiableMap(kept));
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case JsonObject object -> object.sorted();
      case List<?> elements -> elements.stream().map(JsonObject::sorted).toList();
      default -> value;
    };
  }

  /** This object without the member of this name. */
  public JsonObject without(String name) {
    Map<String, Object> kept = new LinkedHashMap<>(members);
    kept.remove(name);
    return new JsonObject(Collections.unmodifiableMap(kept));
  }

  /** This object as text, without white space. */
  public String toJson() {
    return JsonWriter.write(this);
  }

  /** This object as text for people: a line for each member, indented by two spaces a level. */
  public String toIndentedJson() {
    return JsonWriter.writeIndented(this);
  }

  /** This object as UTF-8, without white space. */
  public byte[] toBytes() {
    return toJson().getBytes(StandardCharsets.UTF_8);
  }

  /** A builder that has no member yet. */
  public static Builder builder() {
    return new Builder(new LinkedHashMap<>());
  }

  /** A builder that has the members of this object. */
  public Builder toBuilder() {
    return new Builder(new LinkedHashMap<>(members));
  }

  Map<String, Object> members() {
    return members;
  }

  private <T> Optional<T> read(String name, Class<T> type, String expected)
      throws MalformedJsonException {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw MalformedJsonException.wrongType(name, expected);
    }
    return Optional.of(type.cast(value));
  }

  private Optional<List<?>> array(String name) throws MalformedJsonException {
    return switch (members.get(name)) {
      case null -> Optional.empty();
      case List<?> elements -> Optional.of(elements);
      default -> throw MalformedJsonException.wrongType(name, "an array");
    };
  }

  /** Whether {@code other} has the same members with the same values; their order is no matter. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  /** The names of the members only: a value may be a secret. */
  @Override
  public String toString() {
    return "JsonObject" + members.keySet();
  }

  /** Collects members. A name that is put twice is refused. For one thread. */
  public static final class Builder {

    private final Map<String, Object> members;

    private Builder(Map<String, Object> members) {
      this.members = members;
    }

    /** A string. */
    public Builder put(String name, String value) {
      return add(name, value);
    }

    /** An integer. */
    public Builder put(String name, long value) {
      return add(name, value);
    }

    /** A truth value. */
    public Builder put(String name, boolean value) {
      return add(name, value);
    }

    /** An object. */
    public Builder put(String name, JsonObject value) {
      return add(name, value);
    }

    /** An array of any of the types here; another element is refused. */
    public Builder put(String name, List<?> value) {
      return add(name, value);
    }

    /** A value as {@link JsonObject#value} gives it, of any of its types. */
    public Builder putValue(String name, Object value) {
      return add(name, value);
    }

    /** What {@code value} holds, of one of the types above; nothing if it is empty. */
    public Builder put(String name, Optional<?> value) {
      return value.isPresent() ? add(name, value.get()) : this;
    }

    /** All members of {@code object}. */
    public Builder putAll(JsonObject object) {
      object.members.forEach(this::keep);
      return this;
    }

    /** The object. The builder can go on. */
    public JsonObject build() {
      return new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }

    private Builder add(String name, Object value) {
      return keep(name, plain(value));
    }

    private Builder keep(String name, Object value) {
      if (members.put(name, value) != null) {
        throw new IllegalArgumentException("member " + name + " is put twice");
      }
      return this;
    }

    private static Object plain(Object value) {
      return switch (value) {
        case String text -> text;
        case Long number -> number;
        case Integer number -> number.longValue();
        case BigInteger number -> number;
        case BigDecimal number -> number;
        case Boolean truth -> truth;
        case JsonNull nothing -> nothing;
        case JsonObject object -> object;
        case List<?> elements -> elements.stream().map(Builder::plain).toList();
        default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
      };
    }
  }
}
