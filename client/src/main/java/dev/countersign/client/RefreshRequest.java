package dev.countersign.client;

import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import java.util.List;
import java.util.Optional;

/**
 * What a refresh shall ask for.
 *
 * @param scope less than what was granted; absent for all of it
 * @param resources where the new access token shall be usable; empty as before
 * @param endUserPresent whether a person is active in the session
 */
public record RefreshRequest(
    Optional<Scope> scope, List<ResourceIndicator> resources, EndUserPresent endUserPresent) {

  /** Copies. */
  public RefreshRequest {
    resources = List.copyOf(resources);
  }

  /** All that was granted, in the background. */
  public static RefreshRequest same() {
    return new RefreshRequest(Optional.empty(), List.of(), new EndUserPresent(false));
  }

  /** The same, with less scope. */
  public RefreshRequest withScope(Scope narrower) {
    return new RefreshRequest(Optional.of(narrower), resources, endUserPresent);
  }

  /** The same, for a token that is usable there. */
  public RefreshRequest withResources(List<ResourceIndicator> wanted) {
    return new RefreshRequest(scope, wanted, endUserPresent);
  }

  /** The same, while a person is active in the session. */
  public RefreshRequest withEndUserPresent() {
    return new RefreshRequest(scope, resources, new EndUserPresent(true));
  }
}
