package dev.countersign.demo.scene;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.TokenStatus;
import dev.countersign.resource.TokenStatusUnavailableException;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.store.StoreException;
import java.time.Instant;

/**
 * Asks an authorization server in the same process whether a token still stands: what it ended, the
 * API refuses from the next request on, without a message on the wire.
 */
public final class InProcessStatus implements TokenStatus {
  private final TokenStanding standing;

  /** Asks the server of this standing. */
  public InProcessStatus(TokenStanding standing) {
    this.standing = standing;
  }

  @Override
  @Enforces({"SP-5.3.4-3"})
  public boolean stands(VerifiedAccessToken token, Instant now) {
    try {
      return standing.stands(token.claims(), now);
    } catch (StoreException e) {
      throw new TokenStatusUnavailableException("the store does not answer", e);
    }
  }
}
