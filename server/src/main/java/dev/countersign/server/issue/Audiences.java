package dev.countersign.server.issue;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.ResourceConfig;
import dev.countersign.store.Grant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Decides where a token may be used and what it may do there (RFC 8707, RFC 9068 section 3). A
 * scope value that a resource lists means something only there; one that no resource lists is about
 * the person ({@code openid}, {@code profile}) and fits every audience.
 *
 * <p>Immutable.
 */
public final class Audiences {
  private final List<ResourceConfig> known;
  private final List<ResourceConfig> own;

  /** Holds the resources that exist, none of which is of this server itself. */
  public Audiences(List<ResourceConfig> known) {
    this(known, List.of());
  }

  /**
   * Holds the resources that exist.
   *
   * @param own the APIs of this server itself, that of operators and that of grant management: for
   *     tokens that clients get for themselves, if their scope has one of its values
   */
  public Audiences(List<ResourceConfig> known, List<ResourceConfig> own) {
    this.known = Stream.concat(known.stream(), own.stream()).toList();
    this.own = List.copyOf(own);
  }

  /**
   * The audience of a new authorization: the resources asked for, or else the client's default.
   * Refuses with {@code invalid_target} a resource that is unknown or not the client's, and with
   * {@code invalid_scope} a scope value that is not the client's or means nothing at those
   * resources.
   */
  @Enforces({"OA-11", "AT-5", "AT-6", "SP-5.3.2.1-14"})
  public Audience decide(RegisteredClient client, Scope asked, List<ResourceIndicator> requested) {
    return decide(client, asked, requested, List.of());
  }

  /**
   * The audience of a new authorization with authorization details. They are processed whatever
   * {@code resource} says, so the places that they name are always part of the audience; where no
   * resource is asked for, they are all of it. The scope is bound to the resources asked for, as
   * ever: a value that would mean something at a further place is refused.
   *
   * @param places the resources of the client that the authorization details name
   */
  @Enforces({"OA-11", "AT-5", "RAR-3.1-1", "RAR-3.2-1"})
  public Audience decide(
      RegisteredClient client,
      Scope asked,
      List<ResourceIndicator> requested,
      List<ResourceIndicator> places) {
    // OA-18: a value that means nothing for this client is ignored, not refused.
    Scope scope =
        keep(asked, token -> !token.equals(Scope.OFFLINE_ACCESS) || client.scope().contains(token));
    List<ResourceIndicator> named = requested.isEmpty() ? places : requested;
    List<ResourceIndicator> resources =
        named.isEmpty() ? List.of(client.defaultResource()) : distinct(named);
    if (!client.resources().containsAll(resources)) {
      throw refuse(
          OAuthError.INVALID_TARGET,
          "OA-11",
          "the resource is not known for this client",
          Refusal.mismatch("resource", resources.toString(), "some of " + client.resources()));
    }
    if (!scope.isWithin(client.scope())) {
      throw exceedsClient(scope, client);
    }
    requireFit(scope, resources, places);
    return new Audience(
        scope, distinct(Stream.concat(resources.stream(), places.stream()).toList()));
  }

  private void requireFit(
      Scope scope, List<ResourceIndicator> resources, List<ResourceIndicator> places) {
    Scope meaningful = meaningfulAt(scope, resources);
    boolean further =
        places.stream()
            .filter(place -> !resources.contains(place))
            .anyMatch(place -> scope.tokens().stream().anyMatch(token -> isAt(token, place)));
    if (further || !scope.isWithin(meaningful)) {
      throw refuse(
          OAuthError.INVALID_SCOPE,
          "AT-5",
          "the scope does not fit the resource",
          Refusal.mismatch(
              "scope",
              scope.toString(),
              meaningful + " at " + resources + (further ? " and not at other locations" : "")));
    }
  }

  /**
   * The audience of one token of a grant: all that was granted, or a part of it. Scope values that
   * mean nothing at the chosen resources are left out. Refuses with {@code invalid_target} a
   * resource that was not granted and with {@code invalid_scope} a scope beyond the grant.
   */
  @Enforces({"OA-6", "OA-11", "AT-6", "SP-5.3.2.1-14"})
  public Audience narrow(
      Audience granted, Optional<Scope> scope, List<ResourceIndicator> requested) {
    List<ResourceIndicator> resources =
        requested.isEmpty() ? granted.resources() : distinct(requested);
    if (!granted.resources().containsAll(resources)) {
      throw refuse(
          OAuthError.INVALID_TARGET,
          "OA-11",
          "the resource was not granted",
          Refusal.mismatch("resource", resources.toString(), "some of " + granted.resources()));
    }
    Scope wanted = scope.orElse(granted.scope());
    if (!wanted.isWithin(granted.scope())) {
      throw refuse(
          OAuthError.INVALID_SCOPE,
          "OA-6",
          "the scope exceeds what was granted",
          Refusal.mismatch("scope", wanted.toString(), "some of " + granted.scope()));
    }
    return new Audience(meaningfulAt(wanted, resources), resources);
  }

  /**
   * What is left of a grant when the client's registration has shrunk since (PAR-13). Refuses with
   * {@code invalid_grant} a grant of which no resource is left.
   */
  @Enforces({"PAR-13"})
  public Audience stillAllowed(RegisteredClient client, Grant grant) {
    List<ResourceIndicator> resources =
        grant.resources().stream().filter(client.resources()::contains).toList();
    if (resources.isEmpty()) {
      throw refuse(
          OAuthError.INVALID_GRANT,
          "PAR-13",
          "the client may no longer use the grant",
          Refusal.mismatch(
              "resource of the grant",
              grant.resources().toString(),
              "some of " + client.resources()));
    }
    return new Audience(grant.scope().intersect(client.scope()), resources);
  }

  /**
   * The audience of a token that a client asks for itself. Without a scope it gets all of its own
   * that mean something at the resources. A token for APIs of this server itself, asked for by
   * their scope, need have no other audience, and has none unless other scope is asked for. Refuses
   * as {@link #decide} does, and with {@code invalid_scope} a request for {@code openid}: there is
   * no person.
   */
  @Enforces({"OA-6", "OA-11", "AT-5", "SP-5.3.2.1-14", "GM-6.1-1"})
  public Audience ofClient(
      RegisteredClient client, Optional<Scope> scope, List<ResourceIndicator> requested) {
    if (scope.filter(asked -> asked.contains(Scope.OPENID)).isPresent()) {
      throw refuse(
          OAuthError.INVALID_SCOPE,
          "OA-6",
          "openid needs a person",
          Refusal.mismatch("scope", scope.get().toString(), "one without openid"));
    }
    List<ResourceConfig> asked =
        own.stream().filter(api -> isAsked(api, client, scope, requested)).toList();
    return asked.isEmpty()
        ? atResources(client, scope, requested)
        : atOwn(asked, client, scope, requested);
  }

  private static boolean isAsked(
      ResourceConfig api,
      RegisteredClient client,
      Optional<Scope> scope,
      List<ResourceIndicator> requested) {
    boolean named =
        requested.isEmpty()
            ? scope.filter(asked -> !asked.intersect(api.scopes()).isEmpty()).isPresent()
            : requested.contains(api.indicator());
    return named && !client.scope().intersect(api.scopes()).isEmpty();
  }

  /** The part that is for APIs of this server itself, and what is asked for beside it. */
  private Audience atOwn(
      List<ResourceConfig> apis,
      RegisteredClient client,
      Optional<Scope> scope,
      List<ResourceIndicator> requested) {
    List<ResourceIndicator> places = apis.stream().map(ResourceConfig::indicator).toList();
    Predicate<String> theirs = token -> homes(token).anyMatch(places::contains);
    Scope most = keep(client.scope(), theirs);
    Scope here = scope.map(asked -> keep(asked, theirs)).orElse(most);
    if (!here.isWithin(most)) {
      throw exceedsClient(here, client);
    }
    Optional<Scope> rest = scope.map(asked -> keep(asked, theirs.negate()));
    List<ResourceIndicator> others =
        requested.stream().filter(resource -> !places.contains(resource)).toList();
    if (others.isEmpty() && rest.map(Scope::isEmpty).orElse(true)) {
      return new Audience(here, places);
    }
    if (others.isEmpty() && !requested.isEmpty()) {
      throw refuse(
          OAuthError.INVALID_SCOPE,
          "AT-5",
          "the scope does not fit the resource",
          Refusal.mismatch("scope", scope.toString(), here + " at " + requested));
    }
    Audience beside = atResources(client, rest, others);
    return new Audience(
        both(beside.scope(), here),
        Stream.concat(beside.resources().stream(), places.stream()).toList());
  }

  private Audience atResources(
      RegisteredClient client, Optional<Scope> scope, List<ResourceIndicator> requested) {
    Audience whole = decide(client, scope.orElse(Scope.NONE), requested);
    return scope.isPresent()
        ? whole
        : new Audience(keep(client.scope(), token -> isAt(token, whole)), whole.resources());
  }

  /**
   * The part of a token's scope that means something at these resources, which is all that the
   * resource server there need know.
   */
  @Enforces({"IN-2"})
  public Scope at(List<ResourceIndicator> resources, Scope scope) {
    return meaningfulAt(scope, resources);
  }

  /**
   * Two audiences as one; its details are none. Refuses with {@code invalid_target} what would let
   * a scope value reach a resource at which neither has it: asked for there by name, it can be
   * merged.
   */
  @Enforces({"GM-5.2-4", "AT-5"})
  public Audience merge(Audience one, Audience other) {
    Scope scope = both(one.scope(), other.scope());
    List<ResourceIndicator> resources =
        distinct(Stream.concat(one.resources().stream(), other.resources().stream()).toList());
    for (ResourceIndicator resource : resources) {
      for (String token : boundTo(resource, scope).tokens()) {
        if (!reaches(one, token, resource) && !reaches(other, token, resource)) {
          throw refuse(
              OAuthError.INVALID_TARGET,
              "GM-5.2-4",
              "merged, a scope value would reach a resource it was not allowed for",
              Refusal.mismatch("scope", token + " at " + resource, "asked for by name"));
        }
      }
    }
    return new Audience(scope, resources);
  }

  private static boolean reaches(Audience audience, String token, ResourceIndicator resource) {
    return audience.scope().contains(token) && audience.resources().contains(resource);
  }

  /** The part of a scope that a resource lists. */
  public Scope boundTo(ResourceIndicator resource, Scope scope) {
    return keep(scope, token -> isAt(token, resource));
  }

  /** The part of a scope that no resource lists, which is about the person. */
  public Scope unbound(Scope scope) {
    return keep(scope, token -> homes(token).findAny().isEmpty());
  }

  private static Scope both(Scope one, Scope other) {
    return new Scope(
        Stream.concat(one.tokens().stream(), other.tokens().stream()).distinct().toList());
  }

  private static RefusalException exceedsClient(Scope scope, RegisteredClient client) {
    return refuse(
        OAuthError.INVALID_SCOPE,
        "OA-3",
        "the scope exceeds that of the client",
        Refusal.mismatch("scope", scope.toString(), "some of " + client.scope()));
  }

  private Scope meaningfulAt(Scope scope, List<ResourceIndicator> resources) {
    return keep(
        scope,
        token -> homes(token).findAny().isEmpty() || homes(token).anyMatch(resources::contains));
  }

  private boolean isAt(String token, Audience audience) {
    return audience.resources().stream().anyMatch(resource -> isAt(token, resource));
  }

  private boolean isAt(String token, ResourceIndicator resource) {
    return homes(token).anyMatch(resource::equals);
  }

  private static Scope keep(Scope scope, Predicate<String> wanted) {
    return new Scope(scope.tokens().stream().filter(wanted).toList());
  }

  private Stream<ResourceIndicator> homes(String token) {
    return known.stream()
        .filter(resource -> resource.scopes().contains(token))
        .map(ResourceConfig::indicator);
  }

  private static List<ResourceIndicator> distinct(List<ResourceIndicator> resources) {
    return List.copyOf(new LinkedHashSet<>(resources));
  }

  private static RefusalException refuse(
      OAuthError error, String rule, String description, String detail) {
    return Refusal.oauth(error, rule, description).withDetail(detail).exception();
  }
}
