package dev.countersign.server.issue;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantVersion;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Works out what a grant becomes when its person allows something more, or something else (Grant
 * Management section 5.2). It never allows more than the person did in one decision or several.
 * Immutable.
 */
public final class GrantChanges {
  private final Audiences audiences;
  private final DetailTypes types;

  /** Works by these resources and types. */
  public GrantChanges(Audiences audiences, DetailTypes types) {
    this.audiences = audiences;
    this.types = types;
  }

  /**
   * What the grant is afterwards.
   *
   * @param action merge or replace
   * @param allowed what the person allows now, of the same client and person
   * @throws dev.countersign.protocol.refusal.RefusalException as {@link #merge} does
   * @throws IllegalArgumentException for {@code create}, which changes no grant
   */
  public Grant after(GrantAction action, Grant before, Grant allowed, Instant now) {
    return switch (action) {
      case MERGE -> merge(before, allowed, now);
      case REPLACE -> replace(before, allowed, now);
      case CREATE -> throw new IllegalArgumentException("create changes no grant (GM-5.2-3)");
    };
  }

  /**
   * Both together, without details that are over. Refuses with {@code invalid_target} what would
   * carry a scope value or a detail to a resource for which it was never allowed, and with {@code
   * invalid_authorization_details} a grant of too many objects.
   */
  @Enforces({"GM-5.2-4", "RAR-11.2"})
  private Grant merge(Grant grant, Grant allowed, Instant now) {
    Grant before = grant.with(types.current(grant.details(), now));
    Audience audience = audiences.merge(audience(before), audience(allowed));
    requireNoFurther(before, allowed, audience.resources());
    requireNoFurther(allowed, before, audience.resources());
    return changed(
        before,
        allowed,
        audience.with(types.merge(before.details(), allowed.details())),
        new AllowedClaims(
            concat(before.claims().idToken(), allowed.claims().idToken()),
            concat(before.claims().userinfo(), allowed.claims().userinfo())),
        before.version().merged(),
        now);
  }

  /** What is allowed now, and nothing of what was. */
  @Enforces({"GM-5.2-5"})
  private static Grant replace(Grant before, Grant allowed, Instant now) {
    return changed(
        before, allowed, audience(allowed), allowed.claims(), before.version().replaced(), now);
  }

  private static Grant changed(
      Grant before,
      Grant allowed,
      Audience audience,
      AllowedClaims claims,
      GrantVersion version,
      Instant now) {
    return new Grant(
        before.id(),
        before.clientId(),
        allowed.login(),
        audience.scope(),
        audience.resources(),
        claims,
        audience.details(),
        before.createdAt(),
        now,
        version);
  }

  /**
   * An object without locations must not reach a resource at which nobody allowed it. Nor one that
   * may be used once a further resource at all: each of them would let it through once.
   */
  @Enforces({"GM-5.2-4", "GM-8.3"})
  private void requireNoFurther(Grant one, Grant other, List<ResourceIndicator> together) {
    for (ResourceIndicator resource : together) {
      if (!one.resources().contains(resource)) {
        AuthorizationDetails there = types.at(one.details(), List.of(resource));
        AuthorizationDetails allowed = types.at(other.details(), List.of(resource));
        if (!allowed.list().containsAll(there.list())
            || there.list().stream().anyMatch(types::isOnce)) {
          throw Refusal.oauth(
                  OAuthError.INVALID_TARGET,
                  "GM-5.2-4",
                  "merged, authorization_details would reach a resource they were not allowed for")
              .withDetail(there + " would be for " + resource + ", too")
              .exception();
        }
      }
    }
  }

  private static Audience audience(Grant grant) {
    return new Audience(grant.scope(), grant.resources()).with(grant.details());
  }

  private static List<String> concat(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
