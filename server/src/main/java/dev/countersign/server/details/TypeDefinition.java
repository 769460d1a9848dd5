package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/**
 * A type as this server knows it.
 *
 * @param type its rules
 * @param schema how its objects look
 * @param consent how they are explained to people; where the file does not say it, all members are
 *     shown as they come
 */
public record TypeDefinition(DetailType type, DetailSchema schema, ConsentTemplate consent) {

  private static final String CONSENT = "consent";
  private static final MemberPath LOCATIONS = new MemberPath(List.of("locations"));

  /**
   * Reads the file of a type.
   *
   * @throws InvalidDetailTypeException with the place of what is wrong
   */
  public static TypeDefinition parse(JsonObject file) throws InvalidDetailTypeException {
    return of(DetailType.parse(file));
  }

  /** A type that comes with the product, one of {@link DetailType#READY}. */
  public static TypeDefinition ready(String name) {
    try {
      return of(DetailType.ready(name));
    } catch (InvalidDetailTypeException e) {
      throw new IllegalStateException("the ready type " + name + " is not right", e);
    }
  }

  private static TypeDefinition of(DetailType type) throws InvalidDetailTypeException {
    try {
      JsonObject schema = type.file().object(DetailSchema.MEMBER).orElseThrow();
      DetailSchema checked = DetailSchema.of(type.name(), schema);
      SchemaMembers members = new SchemaMembers(schema);
      new RulePlaces(type.file(), members).require();
      requireDate(type, members);
      requireLocations(members);
      return new TypeDefinition(type, checked, consent(type, schema));
    } catch (MalformedJsonException e) {
      throw new InvalidDetailTypeException(
          JsonPointer.WHOLE.child(DetailSchema.MEMBER), e.reason());
    }
  }

  /** A slip of the pen would make objects without an end. */
  private static void requireDate(DetailType type, SchemaMembers members)
      throws InvalidDetailTypeException, MalformedJsonException {
    if (type.until().isPresent() && !members.isDate(new MemberPath(type.until().get().tokens()))) {
      throw new InvalidDetailTypeException(
          JsonPointer.WHOLE.child("until"),
          "must name a member that the schema has as a string of the format date");
    }
  }

  /** What names places in another way would be taken for something that names none. */
  @Enforces({"RAR-9.1-1"})
  private static void requireLocations(SchemaMembers members)
      throws InvalidDetailTypeException, MalformedJsonException {
    if (members.has(LOCATIONS) && !members.areStrings(LOCATIONS)) {
      throw new InvalidDetailTypeException(
          JsonPointer.WHOLE.child(DetailSchema.MEMBER).child("properties").child("locations"),
          "must be an array of strings (RFC 9396 section 2.2)");
    }
  }

  private static ConsentTemplate consent(DetailType type, JsonObject schema)
      throws InvalidDetailTypeException {
    try {
      Optional<JsonObject> consent = type.file().object(CONSENT);
      return (consent.isPresent()
              ? ConsentTemplate.read(consent.get(), schema)
              : ConsentTemplate.ofUnknown(type.name()))
          .of(type);
    } catch (MalformedJsonException e) {
      throw new InvalidDetailTypeException(JsonPointer.WHOLE.child(CONSENT), e.reason());
    }
  }

  /**
   * What is wrong with something that people can choose from, if objects of this type get it: no
   * grant may hold what no client could ask for.
   *
   * @param from the name of the person's choices
   */
  Optional<DetailSchema.Fault> misfit(String from, Choice choice) {
    return consent
        .choose()
        .filter(choose -> choose.from().equals(from))
        .flatMap(
            choose -> {
              JsonObject.Builder object = JsonObject.builder().put("type", name());
              JsonObject chosen =
                  (choose.many()
                          ? object.put(choose.member(), List.of(choice.value()))
                          : object.put(choose.member(), choice.value()))
                      .build();
              return schema.check(chosen, JsonPointer.WHOLE.child(choose.member()));
            });
  }

  /** The value of {@code type} in its objects. */
  public String name() {
    return type.name();
  }
}
