package dev.countersign.client;

import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/**
 * What a refresh shall ask for.
 *
 * @param scope less than what was granted; absent for all of it
 * @param resources where the new access token shall be usable; empty as before
 * @param authorizationDetails less than what was granted; {@link AuthorizationDetails#NONE} for all
 *     of it
 * @param endUserPresent whether a person is active in the session
 */
public record RefreshRequest(
    Optional<Scope> scope,
    List<ResourceIndicator> resources,
    AuthorizationDetails authorizationDetails,
    EndUserPresent endUserPresent) {

  /** Copies. */
  public RefreshRequest {
    resources = List.copyOf(resources);
  }

  /** All that was granted, in the background. */
  public static RefreshRequest same() {
    return new RefreshRequest(
        Optional.empty(), List.of(), AuthorizationDetails.NONE, new EndUserPresent(false));
  }

  /** The same, with less scope. */
  public RefreshRequest withScope(Scope narrower) {
    return new RefreshRequest(
        Optional.of(narrower), resources, authorizationDetails, endUserPresent);
  }

  /** The same, for a token that is usable there. */
  public RefreshRequest withResources(List<ResourceIndicator> wanted) {
    return new RefreshRequest(scope, wanted, authorizationDetails, endUserPresent);
  }

  /** The same, with less than was granted beside the scope (RFC 9396 section 6). */
  @Enforces({"RAR-6-1"})
  public RefreshRequest withAuthorizationDetails(AuthorizationDetails narrower) {
    return new RefreshRequest(scope, resources, narrower, endUserPresent);
  }

  /** The same, while a person is active in the session. */
  public RefreshRequest withEndUserPresent() {
    return new RefreshRequest(scope, resources, authorizationDetails, new EndUserPresent(true));
  }
}
