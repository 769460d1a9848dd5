package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of the file as JSON Schema, for editors. It takes all that is right; what only shows
 * together with other values, or by looking at a file, is for {@code countersign check}. It is
 * stricter in one thing: a value must not be empty, where the file's reader counts the key as
 * absent.
 */
final class ConfigSchema {
  private final ConfigKeys keys;

  ConfigSchema(ConfigKeys keys) {
    this.keys = keys;
  }

  String text() {
    JsonObject.Builder schema =
        JsonObject.builder()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "countersign.yaml")
            .put("description", "The configuration of countersign serve.")
            .put("type", "object");
    return section(schema, "").build().toIndentedJson() + "\n";
  }

  private JsonObject schema(ConfigKey key) {
    JsonObject.Builder schema = JsonObject.builder().put("description", key.doc());
    return switch (key.content()) {
      case VALUE -> value(schema, key).build();
      case SECTION -> section(type(schema, "object", key), key.path()).build();
      case SECTIONS -> sections(type(schema, "array", key), key).build();
    };
  }

  private static JsonObject.Builder value(JsonObject.Builder schema, ConfigKey key) {
    schema.putAll(key.schema());
    return key.absence() instanceof Absence.Standard(String yaml)
        ? schema.putAll(standard(key, yaml))
        : schema;
  }

  /** The keyword {@code default}. */
  private static JsonObject standard(ConfigKey key, String yaml) {
    try {
      return JsonKinds.object(ConfigFile.compose(key.path(), "default: " + yaml));
    } catch (ConfigException | Kind.WrongValue e) {
      throw new IllegalStateException("the default of " + key.path() + " is no JSON", e);
    }
  }

  private JsonObject.Builder sections(JsonObject.Builder schema, ConfigKey key) {
    if (keys.isRequired(key)) {
      schema.put("minItems", 1);
    }
    JsonObject.Builder entry = JsonObject.builder().put("type", "object");
    return schema.put("items", section(entry, key.path() + "[]").build());
  }

  /** What may be left out may also stand there with all its keys commented out, which is null. */
  private JsonObject.Builder type(JsonObject.Builder schema, String type, ConfigKey key) {
    return keys.isRequired(key)
        ? schema.put("type", type)
        : schema.put("type", List.of(type, "null"));
  }

  private JsonObject.Builder section(JsonObject.Builder schema, String path) {
    List<ConfigKey> here = keys.in(path);
    List<String> required = here.stream().filter(keys::isRequired).map(ConfigKey::name).toList();
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    List<JsonObject> alternatives = alternatives(here);
    if (!alternatives.isEmpty()) {
      schema.put("oneOf", alternatives);
    }
    JsonObject.Builder properties = JsonObject.builder();
    here.forEach(key -> properties.put(key.name(), schema(key)));
    return schema.put("properties", properties.build()).put("additionalProperties", false);
  }

  /** Keys that stand in place of one another, and that none of them may be needed. */
  private static List<JsonObject> alternatives(List<ConfigKey> here) {
    List<JsonObject> keys = new ArrayList<>();
    Set<JsonObject> none = new LinkedHashSet<>();
    for (ConfigKey key : here) {
      if (key.absence() instanceof Absence.InPlaceOf(String _, String unless, String value)) {
        keys.add(Shape.requiring(key.name()));
        none.add(Shape.saying(unless, value));
      }
    }
    List<JsonObject> all = new ArrayList<>(keys);
    none.forEach(
        needsNone ->
            all.add(
                needsNone.toBuilder()
                    .put("not", JsonObject.builder().put("anyOf", keys).build())
                    .build()));
    return all;
  }
}
