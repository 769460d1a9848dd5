package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a resource answers a request that it refuses: the one mapping from a refusal to status and
 * {@code WWW-Authenticate}.
 *
 * @param status HTTP status
 * @param challenge the challenge to send; absent where a better token would not help (404, 503...)
 */
public record ResourceChallenge(int status, Optional<Challenge> challenge) {

  /**
   * Maps a refusal. A refused proof or a wanted nonce is 401 at a resource, other than at the token
   * endpoint.
   *
   * @param required what the resource wants; named where the token's scope was too small
   */
  @Enforces({"DP-11", "OA-9", "SP-5.3.4-4"})
  public static ResourceChallenge of(Refusal refusal, Scope required) {
    return switch (refusal) {
      case Refusal.OAuth oauth -> of(oauth, required);
      case Refusal.Http http ->
          http.status() == 401
              ? new ResourceChallenge(401, Optional.of(challenge(Map.of())))
              : new ResourceChallenge(http.status(), Optional.empty());
    };
  }

  private static ResourceChallenge of(Refusal.OAuth refusal, Scope required) {
    OAuthError error = refusal.error();
    int status =
        error == OAuthError.INVALID_DPOP_PROOF || error == OAuthError.USE_DPOP_NONCE
            ? 401
            : error.status();
    if (status >= 500) {
      return new ResourceChallenge(status, Optional.empty());
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("error", error.code());
    attributes.put("error_description", refusal.description());
    if (error == OAuthError.INSUFFICIENT_SCOPE && !required.isEmpty()) {
      attributes.put("scope", required.toString());
    }
    return new ResourceChallenge(status, Optional.of(challenge(attributes)));
  }

  private static Challenge challenge(Map<String, String> attributes) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put("algs", String.join(" ", SignatureAlgorithm.joseNames()));
    return new Challenge("DPoP", all);
  }
}
