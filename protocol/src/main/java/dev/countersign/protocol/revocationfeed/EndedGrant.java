package dev.countersign.protocol.revocationfeed;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.json.JsonObject;
import java.time.Instant;

/**
 * A grant that ended while access tokens of it were still good. Instants are written as whole
 * seconds; parts of a second are cut from {@code endedAt} and rounded up for {@code expiresAt}.
 *
 * @param handle what the tokens of it bear for the audience; 1 to 128 characters
 * @param endedAt when it ended
 * @param expiresAt when the last of its tokens expires; nobody need know of it from then on
 */
public record EndedGrant(String handle, Instant endedAt, Instant expiresAt) {

  private static final int LONGEST_HANDLE = 128;

  /** Refuses a handle of another length with {@link IllegalArgumentException}. */
  public EndedGrant {
    if (handle.isEmpty() || handle.length() > LONGEST_HANDLE) {
      throw new IllegalArgumentException("EndedGrant.handle must have 1 to 128 characters");
    }
  }

  JsonObject toJson() {
    long end = expiresAt.getEpochSecond() + (expiresAt.getNano() == 0 ? 0 : 1);
    return JsonObject.builder()
        .put("handle", handle)
        .put("ended_at", endedAt.getEpochSecond())
        .put("expires_at", end)
        .build();
  }

  static EndedGrant read(JsonObject json) throws InvalidJwtException {
    JwtClaims claims = JwtClaims.of(json, FeedClaims.RULE);
    return new EndedGrant(
        claims.requiredString("handle"),
        claims.requiredInstant("ended_at"),
        claims.requiredInstant("expires_at"));
  }
}
