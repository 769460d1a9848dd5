package dev.countersign.server.grants;

import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.grants.GrantResource.ScopeEntry;
import dev.countersign.protocol.grants.UpdatedBy;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.Audiences;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a grant into the words of the API. Immutable. */
public final class GrantAnswers {
  private final Audiences audiences;

  /** Tells scope values apart by these resources. */
  public GrantAnswers(Audiences audiences) {
    this.audiences = audiences;
  }

  /**
   * What a grant allows. This server changes a grant at the word of its client and person alone, so
   * that {@code updated_by} is always the client.
   */
  @Enforces({"GM-6.4-2", "GM-6.4-3", "GM-6-1"})
  GrantResource of(GrantRecord record) {
    Grant grant = record.grant();
    return new GrantResource(
        scopes(grant),
        Stream.of(grant.claims().userinfo(), grant.claims().idToken())
            .flatMap(List::stream)
            .distinct()
            .toList(),
        grant.details(),
        Optional.of(grant.createdAt()),
        Optional.of(grant.updatedAt()),
        record.expiresAt(),
        Optional.of(UpdatedBy.CLIENT));
  }

  /** What means something at one resource stands with it, and last what is about the person. */
  private List<ScopeEntry> scopes(Grant grant) {
    List<ScopeEntry> entries = new ArrayList<>();
    for (ResourceIndicator resource : grant.resources()) {
      add(entries, audiences.boundTo(resource, grant.scope()), List.of(resource));
    }
    add(entries, audiences.unbound(grant.scope()), List.of());
    return entries;
  }

  private static void add(
      List<ScopeEntry> entries, Scope scope, List<ResourceIndicator> resources) {
    if (!scope.isEmpty()) {
      entries.add(new ScopeEntry(scope, resources));
    }
  }
}
