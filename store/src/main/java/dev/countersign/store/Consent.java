package dev.countersign.store;

import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a person allowed a client, as far as it matters whether to ask again. What a scope value
 * allows depends on the resource it is used at, so each resource has a scope of its own: a yes to
 * {@code read} at one never counts at another.
 *
 * @param scopes the scope values that were allowed, for each resource
 * @param claims names of the claims that were asked for one by one
 * @param lasting whether the client may go on by a refresh token when the access token has expired
 */
public record Consent(
    Map<ResourceIndicator, Set<String>> scopes, Set<String> claims, boolean lasting) {

  /** Nothing was allowed, or nothing of it is remembered. */
  public static final Consent NONE = new Consent(Map.of(), Set.of(), false);

  /** Copies the collections. */
  public Consent {
    Map<ResourceIndicator, Set<String>> copy = new LinkedHashMap<>();
    scopes.forEach((resource, values) -> copy.put(resource, Set.copyOf(values)));
    scopes = Collections.unmodifiableMap(copy);
    claims = Set.copyOf(claims);
  }

  /** The whole scope at each of the resources. */
  public static Consent to(
      Scope scope, List<ResourceIndicator> resources, Set<String> claims, boolean lasting) {
    Map<ResourceIndicator, Set<String>> scopes = new LinkedHashMap<>();
    resources.forEach(resource -> scopes.put(resource, Set.copyOf(scope.tokens())));
    return new Consent(scopes, claims, lasting);
  }

  /** Whether all of {@code asked} was allowed. */
  public boolean covers(Consent asked) {
    return (lasting || !asked.lasting())
        && claims.containsAll(asked.claims())
        && asked.scopes().entrySet().stream()
            .allMatch(one -> allows(one.getKey()) && at(one.getKey()).containsAll(one.getValue()));
  }

  /** Whether anything was allowed at a resource. */
  public boolean allows(ResourceIndicator resource) {
    return scopes.containsKey(resource);
  }

  /** The scope values that were allowed at a resource. */
  public Set<String> at(ResourceIndicator resource) {
    return scopes.getOrDefault(resource, Set.of());
  }
}
