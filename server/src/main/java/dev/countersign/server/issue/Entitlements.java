package dev.countersign.server.issue;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.store.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what one token gets of all that was granted, or of all that a client may have: scope,
 * resources and authorization details together (RFC 9396 sections 6, 7 and 9). A token never has a
 * detail that is not for its audience.
 *
 * <p>Immutable.
 */
public final class Entitlements {
  private final Audiences audiences;
  private final DetailTypes types;

  /** Decides by these resources and types. */
  public Entitlements(Audiences audiences, DetailTypes types) {
    this.audiences = audiences;
    this.types = types;
  }

  /**
   * What is left of a grant when the client's registration or the types have shrunk since (PAR-13),
   * or some of its details are over. Refuses with {@code invalid_grant} a grant of which no
   * resource is left, or of whose details none and nothing else.
   */
  @Enforces({"PAR-13"})
  public Audience stillAllowed(RegisteredClient client, Grant grant, Instant now) {
    Audience left = audiences.stillAllowed(client, grant);
    AuthorizationDetails details = types.stillAllowed(client, grant.details(), now);
    if (!grant.details().isEmpty() && details.isEmpty() && left.scope().isEmpty()) {
      throw refuse(
          OAuthError.INVALID_GRANT,
          "PAR-13",
          "the client may no longer use the grant",
          "nothing is left of the grant: " + types.obstacles(client, grant.details(), now));
    }
    return left.with(details);
  }

  /**
   * What one token gets of what was granted: all of it, or the part that is asked for. Where only
   * details are asked for that say where they are for, the token is for these resources. Refuses as
   * {@link Audiences#narrow} does, with {@code invalid_authorization_details} what goes beyond the
   * grant or is not for the resource, and with {@code invalid_target} a resource at which nothing
   * was granted.
   */
  @Enforces({"RAR-6-1", "RAR-6-2", "RAR-7-1", "RAR-3.2-1", "RAR-9.1-1"})
  public Audience narrow(
      RegisteredClient client,
      Audience granted,
      Optional<Scope> scope,
      List<ResourceIndicator> requested,
      AuthorizationDetails asked,
      Instant now) {
    AuthorizationDetails details =
        types.narrow(granted.details(), types.require(client, asked, now));
    List<ResourceIndicator> resources =
        requested.isEmpty()
            ? types.places(client, asked).stream().filter(granted.resources()::contains).toList()
            : requested;
    Audience narrowed = audiences.narrow(granted, scope, resources);
    Audience share = narrowed.with(types.at(details, narrowed.resources()));
    requireAllOf(asked, share);
    if (!granted.details().isEmpty() && share.details().isEmpty() && share.scope().isEmpty()) {
      throw refuse(
          OAuthError.INVALID_TARGET,
          "RAR-9.1-1",
          "nothing was granted for the resource",
          granted.details() + " is for others than " + share.resources());
    }
    return share;
  }

  /**
   * What a token has that a client asks for itself: the details that it names, if their types are
   * the client's and may be had without a person, and beside them the scope that it names. Without
   * details, see {@link Audiences#ofClient}. Without a resource the token is for the resources that
   * the details name. Refuses with {@code invalid_authorization_details} all other details, and as
   * {@link Audiences#ofClient} does.
   */
  @Enforces({"RAR-6-1", "RAR-6-2", "RAR-8-1", "RAR-9.1-1"})
  public Audience ofClient(
      RegisteredClient client,
      Optional<Scope> scope,
      List<ResourceIndicator> requested,
      AuthorizationDetails asked,
      Instant now) {
    if (asked.isEmpty()) {
      return audiences.ofClient(client, scope, requested);
    }
    AuthorizationDetails details = withoutPerson(types.require(client, asked, now));
    List<ResourceIndicator> resources =
        requested.isEmpty() ? types.places(client, details) : requested;
    // Who says in details what it wants gets no scope that it did not name.
    Audience audience =
        audiences.ofClient(client, Optional.of(scope.orElse(Scope.NONE)), resources);
    Audience share = audience.with(types.at(details, audience.resources()));
    requireAllOf(asked, share);
    return share;
  }

  /** What a client may have by itself is for the file of a type to say; it never is by default. */
  @Enforces({"RAR-6-2"})
  private AuthorizationDetails withoutPerson(AuthorizationDetails asked) {
    List<String> refused =
        asked.list().stream()
            .map(AuthorizationDetail::type)
            .filter(name -> types.find(name).filter(DetailType::forClientsAlone).isEmpty())
            .distinct()
            .toList();
    if (!refused.isEmpty()) {
      throw refuse(
          OAuthError.INVALID_AUTHORIZATION_DETAILS,
          "RAR-6-2",
          "authorization_details need a person",
          Refusal.mismatch("without_person of " + refused, "false", "true"));
    }
    return asked;
  }

  /** A client that names details finds all of them in its token, or is told why not. */
  @Enforces({"RAR-6-2", "RAR-3.2-1"})
  private static void requireAllOf(AuthorizationDetails asked, Audience share) {
    if (!asked.isEmpty() && !share.details().equals(asked)) {
      throw refuse(
          OAuthError.INVALID_AUTHORIZATION_DETAILS,
          "RAR-6-2",
          "authorization_details are not for the resource",
          Refusal.mismatch(
              "authorization_details",
              asked.toString(),
              "only " + share.details() + " at " + share.resources()));
    }
  }

  private static RefusalException refuse(
      OAuthError error, String rule, String description, String detail) {
    return Refusal.oauth(error, rule, description).withDetail(detail).exception();
  }
}
