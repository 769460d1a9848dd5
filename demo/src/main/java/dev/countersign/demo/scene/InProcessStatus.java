package dev.countersign.demo.scene;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Enforces;
import dev.countersign.resource.OpaqueTokens;
import dev.countersign.resource.TokenStatus;
import dev.countersign.resource.TokenStatusUnavailableException;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.store.StoreException;
import java.time.Instant;
import java.util.List;

/**
 * Asks an authorization server in the same process whether a token still stands and what an opaque
 * one allows: what it ended, the API refuses from the next request on, without a message on the
 * wire.
 */
public final class InProcessStatus implements TokenStatus, OpaqueTokens {
  private final TokenStanding standing;
  private final ResourceIndicator self;

  /**
   * Asks the server of this standing.
   *
   * @param self what the API is called in the {@code aud} of tokens
   */
  public InProcessStatus(TokenStanding standing, ResourceIndicator self) {
    this.standing = standing;
    this.self = self;
  }

  @Override
  @Enforces({"SP-5.3.4-3"})
  public boolean stands(VerifiedAccessToken token, Instant now) {
    try {
      return standing.stands(token.claims(), now);
    } catch (StoreException e) {
      throw unavailable(e);
    }
  }

  @Override
  @Enforces({"SP-5.3.4-3", "RAR-9.2-1"})
  public IntrospectionResponse introspect(AccessToken token, Instant now) {
    try {
      return standing.answer(token, List.of(self), now);
    } catch (StoreException e) {
      throw unavailable(e);
    }
  }

  private static TokenStatusUnavailableException unavailable(StoreException cause) {
    return new TokenStatusUnavailableException("the store does not answer", cause);
  }
}
