package dev.countersign.server.interaction;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.text.Wording;
import dev.countersign.store.AllowedClaims;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the words of the configuration what a scope allows. Immutable. */
public final class AccessWords {
  private final Map<String, ScopeConfig> scopes;
  private final UserClaims userClaims;

  /** Knows these scopes, and which claims they open. */
  public AccessWords(List<ScopeConfig> scopes, UserClaims userClaims) {
    this.scopes =
        scopes.stream()
            .collect(Collectors.toUnmodifiableMap(ScopeConfig::name, Function.identity()));
    this.userClaims = userClaims;
  }

  /**
   * Whether it is worth a sentence: how long something lasts is told of all that is allowed, so
   * {@code offline_access} adds nothing.
   */
  public static boolean isTold(String token) {
    return !token.equals(Scope.OFFLINE_ACCESS);
  }

  /** What a scope value allows; the value itself if the configuration does not know it. */
  public String scope(String token, Wording wording) {
    return Optional.ofNullable(scopes.get(token))
        .map(scope -> scope.description().in(wording.locale()))
        .orElse(token);
  }

  /** The claims that were allowed one by one and that a scope does not open anyway, each once. */
  public List<String> beside(Scope scope, AllowedClaims claims) {
    return unopened(
        Stream.concat(claims.userinfo().stream(), claims.idToken().stream()).distinct().toList(),
        scope);
  }

  /** Of these claims, those that a scope does not open. */
  public List<String> unopened(List<String> claims, Scope scope) {
    Set<String> byScope = userClaims.openedBy(scope);
    return claims.stream().filter(claim -> !byScope.contains(claim)).toList();
  }

  /** A sentence each: what scope values allow, then what claims do. */
  public List<String> sentences(
      Collection<String> tokens, Collection<String> claims, Wording wording) {
    return Stream.concat(
            tokens.stream().filter(AccessWords::isTold).map(token -> scope(token, wording)),
            claims.stream().map(wording::claim))
        .toList();
  }
}
