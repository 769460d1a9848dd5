package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Optional;

/**
 * What an admitted request may do, and for whom.
 *
 * @param token the verified claims of its access token
 * @param audience what this resource server is called in them
 * @param endUserPresent whether the client says that a person is waiting; for priorities and rate
 *     limits only, it proves nothing (IA-2.2.2-4)
 * @param at the moment at which the request was judged
 */
public record Access(
    AccessTokenClaims token, ResourceIndicator audience, boolean endUserPresent, Instant at) {

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

  /**
   * What the token names at this resource server beside its scope (RFC 9396), of whatever type.
   * What the file of a type says is not looked at, so some may be over: see {@link
   * #details(DetailType)}.
   */
  @Enforces("RAR-9-1")
  public AuthorizationDetails details() {
    return granted().here();
  }

  /**
   * What the token allows of one type at this resource server: nothing if the type is for others,
   * and no object whose time is over.
   *
   * @param type read from the file that the authorization server has
   */
  @Enforces("RAR-9-1")
  public AuthorizationDetails details(DetailType type) {
    return granted().of(type);
  }

  /**
   * Whether details that are not over allow this, as far as they say. Nothing is used up.
   *
   * @param type the type of {@code wanted}, read from the file that the authorization server has
   * @param wanted what is about to be done, in the words of the type
   */
  @Enforces({"RAR-9-1", "RAR-6.1-1"})
  public boolean allows(DetailType type, AuthorizationDetail wanted) {
    return !granted().allowing(type, wanted).isEmpty();
  }

  /**
   * Whether this is within what was granted and, where its type may be used once, was not used
   * before: then it is used up, for all tokens of the grant. If it then cannot be done after all,
   * it stays used, unless {@code uses} takes part in a transaction that is undone.
   *
   * @param type the type of {@code wanted}, read from the file that the authorization server has
   * @param wanted what is about to be done, in the words of the type
   * @param uses remembers it
   */
  @Enforces({"RAR-9-1", "RAR-6.1-1"})
  public DetailVerdict use(DetailType type, AuthorizationDetail wanted, DetailUses uses) {
    return granted().use(type, wanted, uses);
  }

  private GrantedDetails granted() {
    return new GrantedDetails(token, audience, at);
  }
}
