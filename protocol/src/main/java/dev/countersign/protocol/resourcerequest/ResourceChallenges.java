package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one mapping from a refusal to status and {@code WWW-Authenticate}, for one resource server.
 *
 * @param constraints how tokens may be bound that it takes; at least one
 * @param metadata where its metadata is, if it has any (RFC 9728 section 5.1)
 */
public record ResourceChallenges(Set<SenderConstraint> constraints, Optional<URI> metadata) {

  /** Copies the set; refuses an empty one with {@link IllegalArgumentException}. */
  public ResourceChallenges {
    if (constraints.isEmpty()) {
      throw new IllegalArgumentException(
          "ResourceChallenges.constraints must not be empty (SP-5.3.4-5)");
    }
    constraints = Collections.unmodifiableSet(EnumSet.copyOf(constraints));
  }

  /**
   * The answer to a refused request. A refused proof or a wanted nonce is 401 at a resource, other
   * than at the token endpoint. What was wrong stands in the challenge of the scheme that the
   * request used, which comes first; the other scheme is offered beside it with 401.
   *
   * @param request the headers of the refused request
   * @param wanted what the resource wants; named where the token had too little of it
   */
  @Enforces({"DP-11", "DP-12", "OA-9", "SP-5.3.4-4"})
  public ResourceChallenge answer(Refusal refusal, Headers request, Wanted wanted) {
    int status = status(refusal);
    if (status >= 500 || (refusal instanceof Refusal.Http && status != 401)) {
      return new ResourceChallenge(status, List.of());
    }
    SenderConstraint used = used(request);
    List<Challenge> challenges = new ArrayList<>();
    challenges.add(challenge(used, error(refusal, wanted)));
    if (status == 401) {
      constraints.stream()
          .filter(other -> other != used)
          .forEach(other -> challenges.add(challenge(other, Map.of())));
    }
    return new ResourceChallenge(status, challenges);
  }

  private static int status(Refusal refusal) {
    return switch (refusal) {
      case Refusal.OAuth oauth ->
          oauth.error() == OAuthError.INVALID_DPOP_PROOF
                  || oauth.error() == OAuthError.USE_DPOP_NONCE
              ? 401
              : oauth.status();
      case Refusal.Http http -> http.status();
    };
  }

  /** The scheme of the request, or the first that is served where it used none of them. */
  private SenderConstraint used(Headers request) {
    return request
        .first("Authorization")
        .flatMap(value -> SenderConstraint.ofScheme(value.strip().split(" ", 2)[0]))
        .filter(constraints::contains)
        .orElseGet(() -> constraints.iterator().next());
  }

  /** RFC 6750 section 3.1: a request without credentials gets a challenge without error code. */
  @Enforces({"SU-1"})
  private static Map<String, String> error(Refusal refusal, Wanted wanted) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (refusal instanceof Refusal.OAuth oauth) {
      OAuthError error = oauth.error();
      attributes.put("error", error.code());
      attributes.put("error_description", oauth.description());
      boolean stepUp = error == OAuthError.INSUFFICIENT_USER_AUTHENTICATION;
      if (stepUp) {
        wanted.authentication().describe(attributes);
      }
      // Also for a step-up, so that the client asks for both at once (RFC 9470 section 3).
      if ((stepUp || error == OAuthError.INSUFFICIENT_SCOPE) && !wanted.scope().isEmpty()) {
        attributes.put("scope", wanted.scope().toString());
      }
    }
    return attributes;
  }

  @Enforces({"PR-4", "DP-11"})
  private Challenge challenge(SenderConstraint constraint, Map<String, String> error) {
    Map<String, String> all = new LinkedHashMap<>(error);
    if (constraint == SenderConstraint.DPOP) {
      all.put("algs", String.join(" ", SignatureAlgorithm.joseNames()));
    }
    metadata.ifPresent(url -> all.put("resource_metadata", url.toString()));
    if (all.isEmpty()) {
      // RFC 6750 section 3: the scheme Bearer is never without an attribute.
      all.put("realm", "resource");
    }
    return new Challenge(constraint.scheme(), all);
  }
}
