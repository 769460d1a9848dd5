package dev.countersign.protocol.grants;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a grant allows, as the grant management API says it (Grant Management section 6.4). It never
 * holds a token (GM-6-1). Times are whole seconds.
 *
 * @param scopes what is allowed where
 * @param claims names of claims about the person that were allowed one by one
 * @param authorizationDetails what is allowed beside the scope
 * @param createdAt when it was given
 * @param lastUpdatedAt when it was last changed, or given
 * @param expiresAt the first instant at which it allows nothing more; empty: nothing is said
 * @param updatedBy who changed it last; empty: nothing is said
 */
public record GrantResource(
    List<ScopeEntry> scopes,
    List<String> claims,
    AuthorizationDetails authorizationDetails,
    Optional<Instant> createdAt,
    Optional<Instant> lastUpdatedAt,
    Optional<Instant> expiresAt,
    Optional<UpdatedBy> updatedBy) {

  /** The scope of an access token that may ask what a grant allows. */
  public static final String QUERY_SCOPE = "grant_management_query";

  /** The scope of an access token that may end a grant. */
  public static final String REVOKE_SCOPE = "grant_management_revoke";

  /**
   * Scope and where it may be used.
   *
   * @param scope never empty
   * @param resources empty: nothing is said of it
   */
  public record ScopeEntry(Scope scope, List<ResourceIndicator> resources) {
    /** Copies the list and refuses an empty scope with {@link IllegalArgumentException}. */
    public ScopeEntry {
      resources = List.copyOf(resources);
      if (scope.isEmpty()) {
        throw new IllegalArgumentException("ScopeEntry.scope must not be empty (GM-6.4-2)");
      }
    }
  }

  /** Copies the lists. */
  public GrantResource {
    scopes = List.copyOf(scopes);
    claims = List.copyOf(claims);
  }

  /**
   * Where a grant is (Grant Management section 6.3).
   *
   * @param endpoint the {@code grant_management_endpoint} of the metadata
   * @throws IllegalArgumentException if the id has characters that a path does not carry as they
   *     are, or would lead elsewhere: no server that keeps to GM-5.5-2 makes such a one
   */
  @Enforces({"GM-6.3-1", "GM-5.5-2"})
  public static URI url(URI endpoint, GrantId grant) {
    String id = grant.value();
    if (!id.matches("[A-Za-z0-9._~-]+") || id.equals(".") || id.equals("..")) {
      throw new IllegalArgumentException("the grant_id is not URL-safe (GM-5.5-2)");
    }
    return URI.create(endpoint + "/" + id);
  }

  /** The body of the answer. */
  @Enforces({"GM-6.4-2", "GM-6.4-3", "GM-6-1"})
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("scopes", scopes.stream().map(GrantResource::entry).toList())
        .put("claims", Optional.of(claims).filter(names -> !names.isEmpty()))
        .put(AuthorizationDetails.NAME, authorizationDetails.member())
        .put("created_at", createdAt.map(Instant::getEpochSecond))
        .put("last_updated_at", lastUpdatedAt.map(Instant::getEpochSecond))
        .put("expires_at", expiresAt.map(Instant::getEpochSecond))
        .put("updated_by", updatedBy.map(UpdatedBy::value))
        .build();
  }

  private static JsonObject entry(ScopeEntry entry) {
    return JsonObject.builder()
        .put("scope", entry.scope().toString())
        .put(
            "resource",
            Optional.of(entry.resources().stream().map(ResourceIndicator::value).toList())
                .filter(resources -> !resources.isEmpty()))
        .build();
  }

  /**
   * Reads what an authorization server answered. Every member may be missing and unknown ones are
   * ignored, as is an {@code updated_by} that we do not know; a member of another JSON type and a
   * scope, resource or time that cannot be one are refused.
   */
  @Enforces({"GM-6.4-2", "GM-6.4-3"})
  public static GrantResource read(JsonObject body) throws MalformedJsonException {
    List<ScopeEntry> scopes = new ArrayList<>();
    for (JsonObject entry : body.objects("scopes").orElse(List.of())) {
      scopes.add(entry(entry));
    }
    return new GrantResource(
        scopes,
        body.strings("claims").orElse(List.of()),
        AuthorizationDetails.read(body),
        time(body, "created_at"),
        time(body, "last_updated_at"),
        time(body, "expires_at"),
        body.string("updated_by").flatMap(UpdatedBy::of));
  }

  private static ScopeEntry entry(JsonObject entry) throws MalformedJsonException {
    String scope =
        entry
            .string("scope")
            .orElseThrow(() -> new MalformedJsonException("scope is missing in scopes"));
    List<String> resources = entry.strings("resource").orElse(List.of());
    try {
      return new ScopeEntry(
          Scope.parse(scope), resources.stream().map(ResourceIndicator::new).toList());
    } catch (IllegalArgumentException | RefusalException e) {
      throw new MalformedJsonException("scopes has a malformed scope or resource");
    }
  }

  private static Optional<Instant> time(JsonObject body, String name)
      throws MalformedJsonException {
    try {
      return body.integer(name).map(Instant::ofEpochSecond);
    } catch (DateTimeException e) {
      throw new MalformedJsonException(name + " is no time");
    }
  }
}
