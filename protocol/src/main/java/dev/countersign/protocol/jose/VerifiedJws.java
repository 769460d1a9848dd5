package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import java.util.Optional;

/**
 * A JWS whose signature was verified with a key the caller named. Only {@link Jose#verify} makes
 * one. What the claims must say is still to be checked.
 */
public sealed interface VerifiedJws permits SignatureVerified {

  /** The payload. */
  JsonObject claims();

  /** The {@code typ} in lower case, without {@code application/}. */
  Optional<String> type();

  /** The {@code kid}. */
  Optional<String> kid();

  /** The header. */
  JsonObject header();
}
