package dev.countersign.store;

import java.util.List;

/**
 * The claims of a grant that the client asked for one by one, beside those that its scope opens
 * (OpenID Connect Core section 5.5).
 *
 * @param idToken names of those for the ID token, each once
 * @param userinfo names of those for userinfo, each once
 */
public record AllowedClaims(List<String> idToken, List<String> userinfo) {

  /** None; what a grant has whose request named none. */
  public static final AllowedClaims NONE = new AllowedClaims(List.of(), List.of());

  /** Copies the lists, each name once. */
  public AllowedClaims {
    idToken = idToken.stream().distinct().toList();
    userinfo = userinfo.stream().distinct().toList();
  }
}
