package dev.countersign.server.interaction;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.text.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says in the words of the configuration what a scope allows. Immutable. */
public final class AccessWords {
  private final Map<String, ScopeConfig> scopes;

  /** Knows these scopes. */
  public AccessWords(List<ScopeConfig> scopes) {
    this.scopes =
        scopes.stream()
            .collect(Collectors.toUnmodifiableMap(ScopeConfig::name, Function.identity()));
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
}
