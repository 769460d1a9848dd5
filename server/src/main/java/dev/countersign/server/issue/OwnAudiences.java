package dev.countersign.server.issue;

import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.client.RegisteredClient;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where this server takes access tokens itself.
 *
 * @param byScope the public URL of each such place, by the scope value without which a token is
 *     good for nothing there
 */
public record OwnAudiences(Map<String, URI> byScope) {

  /** Copies the map. */
  public OwnAudiences {
    byScope = Map.copyOf(byScope);
  }

  /** Userinfo for tokens about a person, the operator's API for those of operators. */
  public static OwnAudiences of(URI userinfo, URI operator) {
    return new OwnAudiences(
        Map.of(Scope.OPENID, userinfo, RegisteredClient.OPERATOR_SCOPE, operator));
  }

  /** The places at which a token of this scope can be used. */
  Stream<String> of(Scope scope) {
    return scope.tokens().stream()
        .filter(byScope::containsKey)
        .map(byScope::get)
        .map(URI::toString);
  }
}
