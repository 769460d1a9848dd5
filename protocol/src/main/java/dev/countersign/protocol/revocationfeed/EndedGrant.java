package dev.countersign.protocol.revocationfeed;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * A grant that ended while access tokens of it were still good, or a token that a client got for
 * itself. The instant is written as whole minutes, rounded up, so that two resource servers cannot
 * tell by it that entries of theirs are about the same grant.
 *
 * @param handle what the tokens of it bear for the audience; 1 to 128 characters
 * @param expiresAt when the last of its tokens has expired; nobody need know of it from then on
 */
public record EndedGrant(String handle, Instant expiresAt) {

  private static final int LONGEST_HANDLE = 128;
  private static final long MINUTE = Duration.ofMinutes(1).toSeconds();

  /** Refuses a handle of another length with {@link IllegalArgumentException}. */
  public EndedGrant {
    if (handle.isEmpty() || handle.length() > LONGEST_HANDLE) {
      throw new IllegalArgumentException("EndedGrant.handle must have 1 to 128 characters");
    }
  }

  JsonObject toJson() {
    long minutes = Math.ceilDiv(RoundedUp.seconds(expiresAt), MINUTE);
    return JsonObject.builder().put("handle", handle).put("expires_at", minutes * MINUTE).build();
  }

  static EndedGrant read(JsonObject json) throws InvalidJwtException {
    JwtClaims claims = JwtClaims.of(json, FeedClaims.RULE);
    return new EndedGrant(claims.requiredString("handle"), claims.requiredInstant("expires_at"));
  }
}
