package dev.countersign.server.userinfo;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.config.UserConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a scope opens of what is known about a person. Immutable. */
public final class UserClaims {
  private static final JsonObject NOTHING = JsonObject.builder().build();

  private final List<ScopeConfig> scopes;
  private final Map<Subject, JsonObject> claims;

  /** Knows these users. */
  public UserClaims(List<ScopeConfig> scopes, List<UserConfig> users) {
    this.scopes = List.copyOf(scopes);
    this.claims =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(UserConfig::subject, UserConfig::claims));
  }

  /**
   * The answer of userinfo: {@code sub} always, the rest by scope; what is not known is left out.
   */
  @Enforces({"OA-12"})
  JsonObject of(Subject subject, Scope scope) {
    Set<String> open =
        scopes.stream()
            .filter(one -> scope.contains(one.name()))
            .flatMap(one -> one.claims().stream())
            .collect(Collectors.toUnmodifiableSet());
    return JsonObject.builder()
        .put("sub", subject.value())
        .putAll(claims.getOrDefault(subject, NOTHING).only(open))
        .build();
  }
}
