package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import java.util.Optional;

/** The proof that a signature was verified; made by {@link Jose#verify} alone. */
record SignatureVerified(
    JsonObject claims, Optional<String> type, Optional<String> kid, JsonObject header)
    implements VerifiedJws {

  /** The type's name only: claims may be personal. */
  @Override
  public String toString() {
    return "VerifiedJws";
  }
}
