package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.oauth.Scope;

/**
 * What a resource wants of a token, beyond being good.
 *
 * @param scope what it must cover
 * @param authentication how the person behind it must have logged in
 */
public record Wanted(Scope scope, UserAuthentication authentication) {

  /** A token that covers this scope; {@link Scope#NONE} for any. */
  public static Wanted of(Scope scope) {
    return new Wanted(scope, UserAuthentication.ANY);
  }

  /** The same, and a login of this kind behind it. */
  public Wanted with(UserAuthentication needed) {
    return new Wanted(scope, needed);
  }
}
