package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds the places that the rules of a type name against its schema. A place that no object can
 * have would make a rule without effect: by a slip of the pen more would be within a grant, or
 * something personal in a list. For one file, whose rules were read already.
 */
final class RulePlaces {
  private final JsonObject file;
  private final SchemaMembers schema;

  RulePlaces(JsonObject file, SchemaMembers schema) {
    this.file = file;
    this.schema = schema;
  }

  /**
   * A place that a rule names.
   *
   * @param where in the file
   * @param member in objects of the type
   * @param isArray whether it must be an array
   */
  private record Named(JsonPointer where, JsonPointer member, boolean isArray) {
    Named(JsonPointer where, String member) {
      this(where, JsonPointer.parse(member), false);
    }
  }

  /**
   * Looks at all of them.
   *
   * @throws InvalidDetailTypeException if one is no member that the schema knows, or lies within an
   *     array
   */
  @Enforces({"RAR-6.1-1", "RAR-13"})
  void require() throws InvalidDetailTypeException, MalformedJsonException {
    List<Named> all = new ArrayList<>();
    names("compare", all);
    texts("unbounded", all);
    texts("personal", all);
    text("until", all);
    merging(all);
    for (Named one : all) {
      require(one);
    }
  }

  private void names(String key, List<Named> all) throws MalformedJsonException {
    for (String text : file.object(key).map(JsonObject::names).orElse(Set.of())) {
      all.add(new Named(at(key).child(text), text));
    }
  }

  private void texts(String key, List<Named> all) throws MalformedJsonException {
    List<String> texts = file.strings(key).orElse(List.of());
    for (int i = 0; i < texts.size(); i++) {
      all.add(new Named(at(key).child(String.valueOf(i)), texts.get(i)));
    }
  }

  private void text(String key, List<Named> all) throws MalformedJsonException {
    file.string(key).ifPresent(text -> all.add(new Named(at(key), text)));
  }

  private void merging(List<Named> all) throws MalformedJsonException {
    if (file.value("merge").orElse("") instanceof JsonObject rule) {
      for (String name : rule.names()) {
        JsonPointer member = JsonPointer.parse(rule.string(name).orElseThrow());
        all.add(new Named(at("merge").child(name), member, name.equals("join")));
      }
    }
  }

  private void require(Named one) throws InvalidDetailTypeException, MalformedJsonException {
    JsonPointer known = JsonPointer.WHOLE;
    for (String name : one.member().tokens()) {
      if (schema.mayBeArray(known.tokens())) {
        throw wrong(one, "must end at " + known + ", which is an array");
      }
      JsonPointer around = known;
      if (!schema.names(known.tokens()).contains(name)) {
        if (schema.isOpen(known.tokens())) {
          return;
        }
        throw wrong(
            one,
            "names "
                + around.child(name)
                + ", which is no member in the schema; there are "
                + schema.names(around.tokens()).stream().sorted().map(around::child).toList());
      }
      known = known.child(name);
    }
    if (one.isArray() && !schema.mayBeArray(known.tokens())) {
      throw wrong(one, "must be an array in the schema");
    }
  }

  private static InvalidDetailTypeException wrong(Named one, String fault) {
    return new InvalidDetailTypeException(one.where(), fault);
  }

  private static JsonPointer at(String key) {
    return JsonPointer.WHOLE.child(key);
  }
}
