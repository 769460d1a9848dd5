package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;

/**
 * A type as this server knows it.
 *
 * @param type its rules
 * @param schema how its objects look
 */
public record TypeDefinition(DetailType type, DetailSchema schema) {

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
      return new TypeDefinition(type, DetailSchema.of(type.name(), schema));
    } catch (MalformedJsonException e) {
      throw new InvalidDetailTypeException(
          JsonPointer.WHOLE.child(DetailSchema.MEMBER), e.reason());
    }
  }

  /** The value of {@code type} in its objects. */
  public String name() {
    return type.name();
  }
}
