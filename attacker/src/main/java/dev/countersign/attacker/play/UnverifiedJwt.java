package dev.countersign.attacker.play;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Base64;
import java.util.Optional;

/** What a signed JWT says, whoever signed it: an attacker reads what is there. */
public final class UnverifiedJwt {
  private UnverifiedJwt() {}

  /** The header; empty if the text is no JWT. */
  public static Optional<JsonObject> header(String jwt) {
    return part(jwt, 0);
  }

  /** The claims; empty if the text is no JWT, such as an opaque token. */
  public static Optional<JsonObject> claims(String jwt) {
    return part(jwt, 1);
  }

  /** A claim that is text; empty if there is none. */
  public static Optional<String> claim(String jwt, String name) {
    return claims(jwt).flatMap(all -> text(all, name));
  }

  /** A member that is text; empty if there is none. */
  public static Optional<String> text(JsonObject object, String name) {
    try {
      return object.string(name);
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonObject> part(String jwt, int index) {
    String[] parts = jwt.split("\\.", -1);
    try {
      return parts.length == 3
          ? Optional.of(JsonObject.parse(Base64.getUrlDecoder().decode(parts[index])))
          : Optional.empty();
    } catch (MalformedJsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
