package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import java.util.List;

/**
 * How a value looks, as JSON Schema (2020-12), for editors. It refuses nothing that its reader
 * takes; the reader is stricter where a schema cannot be.
 *
 * @param schema the keywords that a value must meet
 */
record Shape(JsonObject schema) {
  private static final String TYPE = "type";
  private static final String PATTERN = "pattern";

  /** Text that is not blank. */
  static Shape text() {
    return pattern("\\S");
  }

  /** Text that a regular expression (ECMA-262) finds something in. */
  static Shape pattern(String pattern) {
    return new Shape(JsonObject.builder().put(TYPE, "string").put(PATTERN, pattern).build());
  }

  /** A URI that a regular expression (ECMA-262) finds something in. */
  static Shape uri(String pattern) {
    return new Shape(
        JsonObject.builder()
            .put(TYPE, "string")
            .put("format", "uri")
            .put(PATTERN, pattern)
            .build());
  }

  /** One of these texts. */
  static Shape oneOf(List<String> values) {
    return new Shape(JsonObject.builder().put(TYPE, "string").put("enum", values).build());
  }

  /** A whole number, both bounds within. */
  static Shape integer(long least, long most) {
    return new Shape(
        JsonObject.builder()
            .put(TYPE, "integer")
            .put("minimum", least)
            .put("maximum", most)
            .build());
  }

  /** {@code true} or {@code false}. */
  static Shape bool() {
    return new Shape(JsonObject.builder().put(TYPE, "boolean").build());
  }

  /** {@code true} alone. */
  static Shape onlyTrue() {
    return new Shape(JsonObject.builder().put("const", true).build());
  }

  /** What any of these shapes allows. */
  static Shape anyOf(Shape... shapes) {
    List<JsonObject> schemas = List.of(shapes).stream().map(Shape::schema).toList();
    return new Shape(JsonObject.builder().put("anyOf", schemas).build());
  }

  /** Names that are free, each with a value of one shape. */
  static Shape mapOf(Shape values) {
    return new Shape(
        JsonObject.builder()
            .put(TYPE, "object")
            .put("additionalProperties", values.schema())
            .build());
  }

  /** A list of at least so many values of one shape. */
  static Shape listOf(Shape values, long least) {
    JsonObject.Builder list = JsonObject.builder().put(TYPE, "array").put("items", values.schema());
    return new Shape((least > 0 ? list.put("minItems", least) : list).build());
  }

  /** What is known about a person: any JSON but the {@code sub}, which is a key of its own. */
  static Shape claims() {
    return new Shape(JsonObject.builder().put(TYPE, "object").put("not", requiring("sub")).build());
  }

  /** Something to choose: a label and the object it stands for. */
  static Shape choice(Shape label) {
    JsonObject object = JsonObject.builder().put(TYPE, "object").build();
    return new Shape(
        JsonObject.builder()
            .put(TYPE, "object")
            .put("required", List.of("label", "value"))
            .put(
                "properties",
                JsonObject.builder().put("label", label.schema()).put("value", object).build())
            .put("additionalProperties", false)
            .build());
  }

  /** A JWK set (RFC 7517) of public keys: what holds a {@code d} is private. */
  static Shape publicKeys() {
    JsonObject key =
        JsonObject.builder()
            .put(TYPE, "object")
            .put("required", List.of("kty"))
            .put("not", requiring("d"))
            .build();
    return new Shape(
        JsonObject.builder()
            .put(TYPE, "object")
            .put("required", List.of("keys"))
            .put(
                "properties",
                JsonObject.builder().put("keys", listOf(new Shape(key), 1).schema()).build())
            .build());
  }

  /** The keywords that demand a member with this value. */
  static JsonObject saying(String name, String value) {
    JsonObject is = JsonObject.builder().put("const", value).build();
    return JsonObject.builder()
        .put("properties", JsonObject.builder().put(name, is).build())
        .put("required", List.of(name))
        .build();
  }

  /** The keyword that demands a member. */
  static JsonObject requiring(String name) {
    return JsonObject.builder().put("required", List.of(name)).build();
  }
}
