package dev.countersign.server.issue;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.util.List;

/**
 * What a token may do and where: the outcome of {@link Audiences}.
 *
 * @param scope the scope; every value means something at one of the resources or at userinfo
 * @param resources where the token may be used; never empty
 * @param details what it may do there beside the scope
 */
public record Audience(
    Scope scope, List<ResourceIndicator> resources, AuthorizationDetails details) {

  /** Copies the list and refuses an empty one: a token without audience is never issued. */
  public Audience {
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("Audience.resources must not be empty (AT-5)");
    }
  }

  /** What scope alone allows. */
  public Audience(Scope scope, List<ResourceIndicator> resources) {
    this(scope, resources, AuthorizationDetails.NONE);
  }

  /** The same scope and resources, and these details. */
  public Audience with(AuthorizationDetails others) {
    return new Audience(scope, resources, others);
  }
}
