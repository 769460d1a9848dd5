package dev.countersign.server.issue;

import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.config.UserConfig;
import dev.countersign.store.Grant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known about a person, and who may know it. A scope opens the claims that the
 * configuration lists with it. One that is asked for by name may be known to a client only if some
 * scope of its registration opens it: the {@code claims} parameter picks out of what a client may
 * know, it never reaches beyond. Immutable.
 */
public final class UserClaims {
  private static final JsonObject NOTHING = JsonObject.builder().build();

  private final List<ScopeConfig> scopes;
  private final Map<Subject, JsonObject> known;
  private final Clients clients;

  /** Knows these users. */
  public UserClaims(List<ScopeConfig> scopes, List<UserConfig> users, Clients clients) {
    this.scopes = List.copyOf(scopes);
    this.known =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(UserConfig::subject, UserConfig::claims));
    this.clients = clients;
  }

  /** The claims that a scope opens. */
  public Set<String> openedBy(Scope scope) {
    return scopes.stream()
        .filter(one -> scope.contains(one.name()))
        .flatMap(one -> one.claims().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The answer of userinfo: {@code sub} always, the rest by the scope of the token and by what was
   * asked for by name; what is not known is left out.
   */
  @Enforces({"OA-12", "OA-16"})
  public JsonObject atUserinfo(Grant grant, Scope scope) {
    Set<String> open =
        Stream.concat(openedBy(scope).stream(), named(grant, grant.claims().userinfo()))
            .collect(Collectors.toUnmodifiableSet());
    return JsonObject.builder()
        .put("sub", grant.login().subject().value())
        .putAll(of(grant).only(open))
        .build();
  }

  /**
   * What the ID token says about the person beside who it is: what was asked for by name. What the
   * token says about itself is no claim of a person.
   */
  @Enforces({"OA-16"})
  public JsonObject inIdToken(Grant grant) {
    return of(grant)
        .only(
            named(grant, grant.claims().idToken())
                .filter(name -> !IdTokenClaims.isReserved(name))
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Of what was allowed by name, what the client may still know: its scope may have shrunk. */
  @Enforces({"PAR-13"})
  private Stream<String> named(Grant grant, Collection<String> names) {
    Set<String> open =
        clients
            .find(grant.clientId())
            .map(RegisteredClient::scope)
            .map(this::openedBy)
            .orElse(Set.of());
    return names.stream().filter(open::contains);
  }

  private JsonObject of(Grant grant) {
    return known.getOrDefault(grant.login().subject(), NOTHING);
  }
}
