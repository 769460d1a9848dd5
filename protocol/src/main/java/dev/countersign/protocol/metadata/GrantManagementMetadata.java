package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a server can do with grants (Grant Management section 7.1).
 *
 * @param actions {@code grant_management_actions_supported}: the actions of authorization requests,
 *     and {@code query} and {@code revoke} of the API; empty: none
 * @param endpoint {@code grant_management_endpoint}, above the URLs of the grants
 * @param actionRequired {@code grant_management_action_required}: whether every authorization
 *     request must name an action
 */
public record GrantManagementMetadata(
    List<String> actions, Optional<URI> endpoint, boolean actionRequired) {

  /** A server that does nothing with grants. */
  public static final GrantManagementMetadata NONE =
      new GrantManagementMetadata(List.of(), Optional.empty(), false);

  /** The action of the API that asks what a grant allows. */
  public static final String QUERY = "query";

  /** The action of the API that ends a grant. */
  public static final String REVOKE = "revoke";

  /** The member that says where the API is, at the top and among the aliases. */
  static final String ENDPOINT = "grant_management_endpoint";

  private static final String ACTIONS = "grant_management_actions_supported";
  private static final String REQUIRED = "grant_management_action_required";

  /** Copies the list and refuses an endpoint that {@link AuthorizationServerMetadata} refuses. */
  @Enforces({"GM-6.2-1"})
  public GrantManagementMetadata {
    actions = List.copyOf(actions);
    endpoint.ifPresent(uri -> AuthorizationServerMetadata.requireHttps(ENDPOINT, uri));
  }

  /** Absent members are those of {@link #NONE}. */
  @Enforces({"GM-7.1-1", "GM-7.1-2", "GM-7.1-3"})
  static GrantManagementMetadata read(JsonObject document) throws MalformedJsonException {
    return new GrantManagementMetadata(
        document.strings(ACTIONS).orElse(List.of()),
        document.string(ENDPOINT).map(URI::create),
        document.bool(REQUIRED).orElse(false));
  }

  /** The members of the document; none for {@link #NONE}. */
  @Enforces({"GM-7.1-1", "GM-7.1-2", "GM-7.1-3"})
  JsonObject toJson() {
    return JsonObject.builder()
        .put(ACTIONS, Optional.of(actions).filter(names -> !names.isEmpty()))
        .put(ENDPOINT, endpoint.map(URI::toString))
        .put(REQUIRED, Optional.of(actionRequired).filter(required -> required))
        .build();
  }
}
