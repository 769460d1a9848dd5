package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.time.Instant;

/**
 * The one place where a token that came with a request becomes claims: a JWT by the signature of
 * its issuer, an opaque token by the answer of its issuer. Which of the two it is, its form says.
 *
 * @param verifier judges the claims, wherever they are from
 * @param keys of the issuer
 * @param opaqueTokens what the issuer says
 */
record TokenReader(ResourceRequestVerifier verifier, IssuerKeys keys, OpaqueTokens opaqueTokens) {

  TokenReader with(OpaqueTokens others) {
    return new TokenReader(verifier, keys, others);
  }

  /** The token, valid here but for a revocation; of an opaque one that is known too. */
  VerifiedAccessToken read(PresentedToken presented, Instant now) {
    return presented.token().isOpaque()
        ? byAnswer(presented, now)
        : verifier.token(presented, keys(presented), now);
  }

  @Enforces({"SP-5.3.4-3", "IN-4", "RAR-9.2-1"})
  private VerifiedAccessToken byAnswer(PresentedToken presented, Instant now) {
    IntrospectionResponse answer;
    try {
      answer = opaqueTokens.introspect(presented.token(), now);
    } catch (TokenStatusUnavailableException e) {
      throw unavailable();
    }
    return switch (answer) {
      case IntrospectionResponse.Active active -> verifier.token(presented, active.toJson(), now);
      case IntrospectionResponse.Inactive inactive ->
          throw Refusal.oauth(
                  OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
              .withDetail("an opaque token that nobody says is active here")
              .exception();
    };
  }

  private JwkSet keys(PresentedToken presented) {
    try {
      return keys.keysFor(presented.token());
    } catch (RemoteException e) {
      throw unavailable();
    }
  }

  static RefusalException unavailable() {
    return Refusal.oauth(
            OAuthError.TEMPORARILY_UNAVAILABLE,
            "SP-5.3.4-3",
            "the access token cannot be verified at the moment")
        .exception();
  }
}
