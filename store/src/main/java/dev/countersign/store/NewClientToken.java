package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import java.util.List;

/**
 * An access token that a client is about to get for itself.
 *
 * @param client who gets it
 * @param registered whether the client is one of {@link Registrations}, and must be there still
 * @param resources where the token may be used; never empty
 * @param trace what is kept of any access token
 */
public record NewClientToken(
    ClientId client, boolean registered, List<ResourceIndicator> resources, NewAccessToken trace) {

  /** Copies the list and refuses an empty one: a token without audience is never issued. */
  public NewClientToken {
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("NewClientToken.resources must not be empty (AT-5)");
    }
  }
}
