package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members that a JSON Schema names, down to those that have no members of their own. What a
 * schema allows without naming it is not found here; the page shows such a member as it came.
 */
final class SchemaMembers {
  private static final int DEEPEST = 12;
  private static final String PROPERTIES = "properties";
  private static final String ITEMS = "items";
  private static final List<String> ONE = List.of("if", "then", "else");
  private static final List<String> SEVERAL = List.of("allOf", "anyOf", "oneOf");
  private static final String DEPENDENT = "dependentSchemas";
  private static final String ARRAY = "array";

  /** What describes members without naming them. */
  private static final List<String> OTHERS =
      List.of("patternProperties", "additionalProperties", "unevaluatedProperties");

  private final JsonObject root;

  SchemaMembers(JsonObject schema) {
    this.root = schema;
  }

  /** All of them but {@code type}, which the title stands for. */
  Set<MemberPath> all() throws MalformedJsonException {
    Set<MemberPath> found = new LinkedHashSet<>();
    collect(root, List.of(), found, 0);
    found.remove(new MemberPath(List.of("type")));
    return found;
  }

  /** The words that the schema allows for a member; none if it does not list them. */
  Set<String> words(MemberPath member) throws MalformedJsonException {
    Set<String> words = new LinkedHashSet<>();
    for (JsonObject schema : at(member.segments())) {
      words.addAll(schema.strings("enum").orElse(List.of()));
      for (JsonObject items : object(schema, ITEMS).stream().toList()) {
        words.addAll(resolved(items).strings("enum").orElse(List.of()));
      }
    }
    return words;
  }

  /** Whether the schema says that a member is an array. */
  boolean isArray(MemberPath member) throws MalformedJsonException {
    return says(member, "type", ARRAY);
  }

  /** Whether the schema says that what stands at a place is an array, or an array among others. */
  boolean mayBeArray(List<String> place) throws MalformedJsonException {
    for (JsonObject schema : at(place)) {
      Object type = schema.value("type").orElse("");
      if (type.equals(ARRAY) || (type instanceof List<?> several && several.contains(ARRAY))) {
        return true;
      }
    }
    return false;
  }

  /** The names of the members that the schema knows right below a place. */
  Set<String> names(List<String> place) throws MalformedJsonException {
    Set<String> names = new LinkedHashSet<>();
    for (JsonObject schema : at(place)) {
      names.addAll(object(schema, PROPERTIES).map(JsonObject::names).orElse(Set.of()));
    }
    return names;
  }

  /** Whether there may be members right below a place that the schema does not name. */
  boolean isOpen(List<String> place) throws MalformedJsonException {
    for (JsonObject schema : at(place)) {
      if (OTHERS.stream().anyMatch(key -> object(schema, key).isPresent())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the schema says that a member is a string that holds a date. */
  boolean isDate(MemberPath member) throws MalformedJsonException {
    return says(member, "type", "string") && says(member, "format", "date");
  }

  /** Whether the schema has a member of this name. */
  boolean has(MemberPath member) throws MalformedJsonException {
    return !at(member.segments()).isEmpty();
  }

  /** Whether the schema says that a member is an array of strings. */
  boolean areStrings(MemberPath member) throws MalformedJsonException {
    MemberPath each = member.child(MemberPath.EACH);
    return isArray(member)
        && (says(each, "type", "string")
            || at(each.segments()).stream().anyMatch(schema -> onlyStrings(schema.value("enum"))));
  }

  private static boolean onlyStrings(Optional<Object> words) {
    return words
        .filter(
            value ->
                value instanceof List<?> list && list.stream().allMatch(String.class::isInstance))
        .isPresent();
  }

  private boolean says(MemberPath member, String keyword, String value)
      throws MalformedJsonException {
    return at(member.segments()).stream()
        .anyMatch(schema -> schema.value(keyword).equals(Optional.of(value)));
  }

  /** The schemas of a place. */
  private List<JsonObject> at(List<String> place) throws MalformedJsonException {
    List<JsonObject> schemas = alternatives(root, 0);
    for (String segment : place) {
      List<JsonObject> below = new ArrayList<>();
      for (JsonObject schema : schemas) {
        Optional<JsonObject> child =
            segment.equals(MemberPath.EACH)
                ? object(schema, ITEMS)
                : object(schema, PROPERTIES).flatMap(properties -> object(properties, segment));
        if (child.isPresent()) {
          below.addAll(alternatives(child.get(), 0));
        }
      }
      schemas = below;
    }
    return schemas;
  }

  /** Finds the members below a schema; whether there were any. */
  private boolean collect(JsonObject schema, List<String> path, Set<MemberPath> found, int depth)
      throws MalformedJsonException {
    boolean any = false;
    for (JsonObject one : alternatives(schema, depth)) {
      Optional<JsonObject> properties = object(one, PROPERTIES);
      for (String name : properties.map(JsonObject::names).orElse(Set.of())) {
        any = true;
        List<String> below = longer(path, name);
        Optional<JsonObject> child = object(properties.get(), name);
        if (child.isEmpty() || !collect(child.get(), below, found, depth + 1)) {
          found.add(new MemberPath(below));
        }
      }
      Optional<JsonObject> items = object(one, ITEMS);
      if (items.isPresent()
          && collect(items.get(), longer(path, MemberPath.EACH), found, depth + 1)) {
        any = true;
      }
    }
    return any;
  }

  /** A schema and all that it is put together from at the same place. */
  private List<JsonObject> alternatives(JsonObject schema, int depth)
      throws MalformedJsonException {
    if (depth > DEEPEST) {
      throw new MalformedJsonException("the schema is nested too deeply or in a circle");
    }
    JsonObject one = resolved(schema);
    List<JsonObject> all = new ArrayList<>(List.of(one));
    for (String key : SEVERAL) {
      for (JsonObject part : one.objects(key).orElse(List.of())) {
        all.addAll(alternatives(part, depth + 1));
      }
    }
    for (String key : ONE) {
      Optional<JsonObject> part = object(one, key);
      if (part.isPresent()) {
        all.addAll(alternatives(part.get(), depth + 1));
      }
    }
    for (JsonObject dependent : object(one, DEPENDENT).stream().toList()) {
      for (String name : dependent.names()) {
        for (JsonObject part : object(dependent, name).stream().toList()) {
          all.addAll(alternatives(part, depth + 1));
        }
      }
    }
    return all;
  }

  /** What a reference within the schema leads to, in place of the reference. */
  private JsonObject resolved(JsonObject schema) throws MalformedJsonException {
    JsonObject at = schema;
    for (int i = 0; at.has("$ref"); i++) {
      String reference = at.string("$ref").orElseThrow();
      if (!reference.startsWith("#/") || i > DEEPEST) {
        throw new MalformedJsonException("a $ref of the schema must lead to a place within it");
      }
      at = target(reference.substring(1));
    }
    return at;
  }

  private JsonObject target(String pointer) throws MalformedJsonException {
    try {
      JsonObject at = root;
      for (String name : JsonPointer.parse(pointer).tokens()) {
        at = object(at, name).orElseThrow(SchemaMembers::nowhere);
      }
      return at;
    } catch (IllegalArgumentException e) {
      throw nowhere();
    }
  }

  private static MalformedJsonException nowhere() {
    return new MalformedJsonException("a $ref of the schema leads nowhere");
  }

  /** A member that is an object; {@code true} and {@code false} are schemas without members. */
  private static Optional<JsonObject> object(JsonObject holder, String name) {
    return new Member(holder, name).object();
  }

  private static List<String> longer(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
