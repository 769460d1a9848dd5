package dev.countersign.server.details;

import com.networknt.schema.dialect.DialectId;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Closes one schema: wherever it describes a value, an object may have the members that are named
 * and no other, and an array the elements that are described. Where the schema says the opposite,
 * it is refused, and so is a keyword or format that is not known: a slip of the pen would allow
 * more.
 *
 * <p>Branches of {@code allOf} and the like describe a value together, so none of them is closed
 * alone, but the value as a whole. What stands under {@code if}, {@code not} and {@code contains}
 * is a question about a value and allows nothing.
 */
final class ClosedSchema {

  /** What a schema under a keyword is about. */
  private enum About {
    /** A value that nothing else needs to describe. */
    VALUE,
    /** The value that the schema around it describes. */
    SAME,
    /** Whether something holds. */
    QUESTION
  }

  private static final Map<String, About> ONE =
      Map.ofEntries(
          Map.entry("items", About.VALUE),
          Map.entry("additionalProperties", About.VALUE),
          Map.entry("unevaluatedProperties", About.VALUE),
          Map.entry("unevaluatedItems", About.VALUE),
          Map.entry("then", About.SAME),
          Map.entry("else", About.SAME),
          Map.entry("if", About.QUESTION),
          Map.entry("not", About.QUESTION),
          Map.entry("contains", About.QUESTION),
          Map.entry("propertyNames", About.QUESTION));

  private static final Map<String, About> SEVERAL =
      Map.of(
          "prefixItems", About.VALUE,
          "allOf", About.SAME,
          "anyOf", About.SAME,
          "oneOf", About.SAME);

  private static final Map<String, About> NAMED =
      Map.of(
          "properties", About.VALUE,
          "patternProperties", About.VALUE,
          "dependentSchemas", About.SAME,
          "$defs", About.SAME);

  private static final Set<String> PLAIN =
      Set.of(
          "$schema",
          "$ref",
          "$anchor",
          "$comment",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "type",
          "enum",
          "const",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          UniqueItemProperties.NAME,
          "maxContains",
          "minContains",
          "maxProperties",
          "minProperties",
          "required",
          "dependentRequired",
          "format");

  private static final Set<Object> FORMATS =
      Set.of(
          "date",
          "date-time",
          "time",
          "duration",
          "email",
          "idn-email",
          "hostname",
          "idn-hostname",
          "ipv4",
          "ipv6",
          "uri",
          "uri-reference",
          "iri",
          "iri-reference",
          "uuid",
          "json-pointer",
          "relative-json-pointer");

  private final JsonPointer root;
  private final Map<JsonPointer, String> references = new LinkedHashMap<>();
  private final Set<Object> anchors = new HashSet<>();

  /**
   * Closes a schema of a file.
   *
   * @param root where it stands there
   */
  ClosedSchema(JsonPointer root) {
    this.root = root;
  }

  /** The schema of one object, closed. */
  @Enforces({"RAR-5-1"})
  JsonObject close(JsonObject schema) throws InvalidDetailTypeException {
    JsonObject closed = closed(root, schema, About.VALUE);
    for (Map.Entry<JsonPointer, String> reference : references.entrySet()) {
      require(
          reference.getKey(),
          hasPlace(schema, reference.getValue()),
          "must refer to a place in this schema: nothing is fetched");
    }
    return closed;
  }

  /** The library would look for it only when an object needs it. */
  private boolean hasPlace(JsonObject schema, String reference) {
    if (!reference.startsWith("#") || reference.contains("%")) {
      return false;
    }
    String place = reference.substring(1);
    try {
      return anchors.contains(place)
          || JsonPointer.parse(place).find(schema).filter(JsonObject.class::isInstance).isPresent();
    } catch (IllegalArgumentException noPointer) {
      return false;
    }
  }

  private Object schema(JsonPointer at, Object schema, About about)
      throws InvalidDetailTypeException {
    return switch (schema) {
      case JsonObject object -> closed(at, object, about);
      case Boolean anything when anything && about == About.VALUE ->
          throw new InvalidDetailTypeException(at, "leaves open what may stand there (RAR-5-1)");
      case Boolean truth -> truth;
      default -> throw new InvalidDetailTypeException(at, "must be a schema");
    };
  }

  private JsonObject closed(JsonPointer at, JsonObject schema, About about)
      throws InvalidDetailTypeException {
    JsonObject.Builder closed = JsonObject.builder();
    for (String keyword : schema.names()) {
      Object value = schema.value(keyword).orElseThrow();
      closed.putValue(keyword, keyword(at.child(keyword), keyword, value, about));
    }
    if (schema.has("contains") && !schema.has("items")) {
      throw new InvalidDetailTypeException(at.child("contains"), "needs items beside it");
    }
    if (about == About.VALUE && !schema.has("const") && !schema.has("enum")) {
      closeObject(schema, closed);
      closeArray(schema, closed);
    }
    return closed.build();
  }

  private static void closeObject(JsonObject schema, JsonObject.Builder closed) {
    if (mayBe(schema, "object")
        && !schema.has("additionalProperties")
        && !schema.has("unevaluatedProperties")) {
      closed.put("unevaluatedProperties", false);
    }
  }

  private static void closeArray(JsonObject schema, JsonObject.Builder closed) {
    if (mayBe(schema, "array") && !schema.has("items") && !schema.has("unevaluatedItems")) {
      closed.put("unevaluatedItems", false);
    }
  }

  private static boolean mayBe(JsonObject schema, String type) {
    return schema
        .value("type")
        .map(
            types -> types instanceof List<?> several ? several.contains(type) : types.equals(type))
        .orElse(true);
  }

  private Object keyword(JsonPointer at, String keyword, Object value, About around)
      throws InvalidDetailTypeException {
    if (ONE.containsKey(keyword)) {
      Object one = schema(at, value, within(around, ONE.get(keyword)));
      // Not not: what holds in a condition must not count as described by it.
      return keyword.equals("if") ? not(not(one)) : one;
    }
    if (SEVERAL.containsKey(keyword)) {
      return several(at, value, within(around, SEVERAL.get(keyword)));
    }
    if (NAMED.containsKey(keyword)) {
      return named(at, value, within(around, NAMED.get(keyword)));
    }
    if (!PLAIN.contains(keyword)) {
      throw new InvalidDetailTypeException(at, "is no keyword that is known here");
    }
    requireMeaning(at, keyword, value);
    return value;
  }

  private static About within(About around, About about) {
    return around == About.QUESTION ? About.QUESTION : about;
  }

  private static JsonObject not(Object schema) {
    return JsonObject.builder().putValue("not", schema).build();
  }

  private List<Object> several(JsonPointer at, Object value, About about)
      throws InvalidDetailTypeException {
    if (!(value instanceof List<?> elements)) {
      throw new InvalidDetailTypeException(at, "must be a list of schemas");
    }
    List<Object> closed = new ArrayList<>();
    for (Object element : elements) {
      closed.add(schema(at.child(String.valueOf(closed.size())), element, about));
    }
    return closed;
  }

  private JsonObject named(JsonPointer at, Object value, About about)
      throws InvalidDetailTypeException {
    if (!(value instanceof JsonObject schemas)) {
      throw new InvalidDetailTypeException(at, "must be schemas by name");
    }
    JsonObject.Builder closed = JsonObject.builder();
    for (String name : schemas.names()) {
      closed.putValue(name, schema(at.child(name), schemas.value(name).orElseThrow(), about));
    }
    return closed.build();
  }

  private void requireMeaning(JsonPointer at, String keyword, Object value)
      throws InvalidDetailTypeException {
    switch (keyword) {
      case "$schema" ->
          require(at, value.equals(DialectId.DRAFT_2020_12), "must be " + DialectId.DRAFT_2020_12);
      case "$ref" -> references.put(at, String.valueOf(value));
      case "$anchor" -> anchors.add(value);
      case "format" -> require(at, FORMATS.contains(value), "is no format that is known here");
      default -> {}
    }
  }

  private static void require(JsonPointer at, boolean holds, String fault)
      throws InvalidDetailTypeException {
    if (!holds) {
      throw new InvalidDetailTypeException(at, fault);
    }
  }
}
