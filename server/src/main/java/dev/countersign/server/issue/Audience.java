package dev.countersign.server.issue;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import java.util.List;

/**
 * What a token may do and where: the outcome of {@link Audiences}.
 *
 * @param scope the scope; every value means something at one of the resources or at userinfo
 * @param resources where the token may be used; never empty
 */
public record Audience(Scope scope, List<ResourceIndicator> resources) {

  /** Copies the list and refuses an empty one: a token without audience is never issued. */
  public Audience {
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("Audience.resources must not be empty (AT-5)");
    }
  }
}
