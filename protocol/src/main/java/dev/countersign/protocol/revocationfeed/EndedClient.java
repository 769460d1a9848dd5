package dev.countersign.protocol.revocationfeed;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import java.time.Instant;

/**
 * A client of which so much ended that it is told as one: its registration is over, or it ended
 * more than is told one by one. The instant is written as whole seconds, rounded up.
 *
 * @param client the {@code client_id} of its tokens
 * @param expiresAt every token of the client has ended that expires then or before; one that
 *     expires later was issued afterwards, and is not meant
 */
public record EndedClient(ClientId client, Instant expiresAt) {

  JsonObject toJson() {
    return JsonObject.builder()
        .put("client_id", client.value())
        .put("expires_at", RoundedUp.seconds(expiresAt))
        .build();
  }

  static EndedClient read(JsonObject json) throws InvalidJwtException {
    JwtClaims claims = JwtClaims.of(json, FeedClaims.RULE);
    return new EndedClient(
        new ClientId(claims.requiredString("client_id")), claims.requiredInstant("expires_at"));
  }
}
