package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Optional;

/**
 * What an admitted request may do, and for whom.
 *
 * @param token the verified claims of its access token
 * @param endUserPresent whether the client says that a person is waiting; for priorities and rate
 *     limits only, it proves nothing (IA-2.2.2-4)
 */
public record Access(AccessTokenClaims token, boolean endUserPresent) {

  /** The resource owner, or the client itself where the token was issued to it for itself. */
  public Subject subject() {
    return token.sub();
  }

  /** The client that calls. */
  public ClientId clientId() {
    return token.clientId();
  }

  /** What the token covers. */
  public Scope scope() {
    return token.scope();
  }

  /** How strongly the person logged in, if the token says so. */
  @Enforces("SU-3")
  public Optional<String> acr() {
    return token.acr();
  }

  /** When the person logged in, if the token says so. */
  @Enforces("SU-3")
  public Optional<Instant> authTime() {
    return token.authTime();
  }
}
