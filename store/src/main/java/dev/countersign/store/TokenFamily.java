package dev.countersign.store;

import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;

/**
 * Access tokens that end together: those of one generation of a grant, or a single one that a
 * client got for itself. A secret of the server: resource servers know it by a handle only.
 *
 * @param name unique; never the same again
 */
public record TokenFamily(String name) {

  /** The tokens of a grant as it stands. */
  public static TokenFamily of(Grant grant) {
    return of(grant.id(), grant.version().generation());
  }

  /** The tokens of one generation of a grant. */
  public static TokenFamily of(GrantId grant, long generation) {
    return new TokenFamily("grant:" + grant.value() + ":" + generation);
  }

  /** One token without a grant. */
  public static TokenFamily of(Jti jti) {
    return new TokenFamily("token:" + jti.value());
  }

  /** Nothing of the name. */
  @Override
  public String toString() {
    return "TokenFamily[]";
  }
}
