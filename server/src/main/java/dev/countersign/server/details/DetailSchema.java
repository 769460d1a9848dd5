package dev.countersign.server.details;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Enforces;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.exc.JsonNodeException;

/**
 * How the objects of a type look: a JSON Schema (2020-12) in which every object is closed. Formats
 * are asserted, nothing is fetched; regular expressions, steps and depth are bounded. Immutable,
 * for use by many threads.
 */
public final class DetailSchema {

  /** The member of a type's file. */
  static final String MEMBER = "schema";

  private static final int DEEPEST = 200;

  private static final Set<String> UNKNOWN_MEMBER =
      Set.of("additionalProperties", "unevaluatedProperties");

  private static final Fault ENDLESS =
      new Fault(JsonPointer.WHOLE, JsonPointer.WHOLE, "its schema within the bounds of time");

  /** The library compares whole numbers as 64 bits and fails where one does not fit into them. */
  private static final Fault TOO_LARGE =
      new Fault(JsonPointer.WHOLE, JsonPointer.WHOLE, "its schema with a number of such a size");

  private static final SchemaRegistryConfig STRICT =
      SchemaRegistryConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .regularExpressionFactory(new BoundedPatterns())
          .build();

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          Dialect.builder(Dialects.getDraft202012()).keyword(new UniqueItemProperties()).build(),
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false))
                  .schemaRegistryConfig(STRICT));

  /** Stands for a name that the schema does not have. */
  private static final String UNNAMED = "*";

  private final Schema schema;
  private final Set<String> names;

  private DetailSchema(Schema schema, Set<String> names) {
    this.schema = schema;
    this.names = Set.copyOf(names);
  }

  /**
   * What an object has wrong.
   *
   * @param where the place in the object
   * @param named the same for logs, with a star for each name that is not the schema's: whoever
   *     wrote the object may have put anything there
   * @param keyword what of the schema does not hold there
   */
  public record Fault(JsonPointer where, JsonPointer named, String keyword) {
    /** Whether the object took too much work, so that nothing can be said of it. */
    boolean isEndless() {
      return equals(ENDLESS);
    }

    /** Place and keyword; never a value, nor a name that is none of the schema. */
    @Override
    @Enforces({"RAR-13"})
    public String toString() {
      return named + " does not meet " + keyword;
    }
  }

  /**
   * Takes a schema for the objects of a type.
   *
   * @throws InvalidDetailTypeException if it is none, names a keyword that is not known, refers to
   *     anything outside itself, leaves open which members an object has, or has no place for the
   *     {@code type}
   */
  static DetailSchema of(String type, JsonObject schema) throws InvalidDetailTypeException {
    JsonPointer where = JsonPointer.WHOLE.child(MEMBER);
    JsonObject closed = new ClosedSchema(where).close(schema);
    requireSchema(where, schema);
    try {
      DetailSchema compiled =
          new DetailSchema(REGISTRY.getSchema(closed.toJson(), InputFormat.JSON), names(schema));
      compiled.requirePlaceOf(type, where);
      return compiled;
    } catch (SchemaException | PatternSyntaxException e) {
      throw new InvalidDetailTypeException(where, "is no JSON Schema: " + e.getMessage());
    }
  }

  /** Held to the specification's own schema: a keyword with a wrong value would be no rule. */
  private static void requireSchema(JsonPointer where, JsonObject schema)
      throws InvalidDetailTypeException {
    Schema all = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
    for (Error error : all.validate(schema.toJson(), InputFormat.JSON)) {
      JsonPointer at = pointer(where, error.getInstanceLocation());
      throw new InvalidDetailTypeException(
          at, "is not as JSON Schema has it: " + error.getMessage());
    }
  }

  private void requirePlaceOf(String type, JsonPointer where) throws InvalidDetailTypeException {
    JsonPointer place = JsonPointer.WHOLE.child("type");
    JsonObject least = JsonObject.builder().put("type", type).build();
    List<Fault> faults = faults(least, Effort.on(least));
    if (faults.contains(ENDLESS)) {
      throw new InvalidDetailTypeException(where, "refers to itself without an end");
    }
    if (faults.stream().anyMatch(fault -> fault.where().equals(place))) {
      throw new InvalidDetailTypeException(
          where, "must have a property type that may be '" + type + "'");
    }
  }

  /** What is wrong with an object first; empty if it is as the schema has it. */
  @Enforces({"RAR-5-1"})
  Optional<Fault> check(JsonObject object) {
    return check(object, Effort.on(object));
  }

  /** The same for one object of several, which may make no more work than the rest of an effort. */
  @Enforces({"RAR-5-1"})
  Optional<Fault> check(JsonObject object, Effort effort) {
    return faults(object, effort).stream().findFirst();
  }

  /** What is wrong at a place of an object first, whatever is wrong elsewhere. */
  Optional<Fault> check(JsonObject object, JsonPointer place) {
    return faults(object, Effort.on(object)).stream()
        .filter(fault -> place.covers(fault.where()))
        .findFirst();
  }

  private List<Fault> faults(JsonObject object, Effort effort) {
    try {
      return ScopedValue.where(BoundedPatterns.EFFORT, effort)
          .call(() -> errors(object, effort.steps(object)))
          .stream()
          .map(this::fault)
          .toList();
    } catch (BoundedPatterns.Endless | ValidationLimitExceededException e) {
      return List.of(ENDLESS);
    } catch (JsonNodeException e) {
      return List.of(TOO_LARGE);
    }
  }

  private List<Error> errors(JsonObject object, long steps) {
    return schema.validate(
        object.toJson(),
        InputFormat.JSON,
        context ->
            context.executionConfig(
                config -> config.maxEvaluationSteps(steps).maxEvaluationDepth(DEEPEST)));
  }

  private Fault fault(Error error) {
    JsonPointer where = pointer(JsonPointer.WHOLE, error.getInstanceLocation());
    boolean unknown = UNKNOWN_MEMBER.contains(error.getKeyword());
    Optional<String> member = Optional.ofNullable(error.getProperty()).filter(_ -> unknown);
    JsonPointer named = named(error.getInstanceLocation());
    return new Fault(
        member.map(where::child).orElse(where),
        member.map(this::known).map(named::child).orElse(named),
        error.getKeyword());
  }

  private JsonPointer named(NodePath path) {
    JsonPointer pointer = JsonPointer.WHOLE;
    for (int i = 0; i < path.getNameCount(); i++) {
      boolean index = path.getElement(i) instanceof Integer;
      pointer = pointer.child(index ? path.getName(i) : known(path.getName(i)));
    }
    return pointer;
  }

  private String known(String name) {
    return names.contains(name) ? name : UNNAMED;
  }

  /** All names of members in a schema, wherever they stand. */
  private static Set<String> names(Object schema) {
    Set<String> found = new HashSet<>();
    switch (schema) {
      case JsonObject object -> {
        for (String name : object.names()) {
          Object value = object.value(name).orElseThrow();
          if (name.equals("properties") && value instanceof JsonObject properties) {
            found.addAll(properties.names());
          }
          found.addAll(names(value));
        }
      }
      case List<?> elements -> elements.forEach(element -> found.addAll(names(element)));
      default -> {}
    }
    return found;
  }

  private static JsonPointer pointer(JsonPointer start, NodePath path) {
    JsonPointer pointer = start;
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer = pointer.child(path.getName(i));
    }
    return pointer;
  }
}
