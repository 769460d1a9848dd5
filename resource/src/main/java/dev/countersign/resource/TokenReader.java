package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedPresenter;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The one place where a token that came with a request becomes claims: a JWT by the signature of
 * its issuer, an opaque token by the answer of its issuer. Which of the two it is, its form says.
 *
 * @param verifier judges the claims, wherever they are from
 * @param keys of the issuer
 * @param opaqueTokens what the issuer says
 * @param opaqueForm that the opaque tokens of the issuer have; it is asked about no others
 * @param over of which tokens it said a moment ago that they are not active
 */
record TokenReader(
    ResourceRequestVerifier verifier,
    IssuerKeys keys,
    OpaqueTokens opaqueTokens,
    Pattern opaqueForm,
    StatusCache over) {

  /** Our choice: what is over stays so, and whoever sends it again and again costs one question. */
  static final Duration REMEMBERED = Duration.ofSeconds(10);

  /** Knows no opaque tokens. */
  TokenReader(ResourceRequestVerifier verifier, IssuerKeys keys) {
    this(verifier, keys, OpaqueTokens.none(), OpaqueTokens.FORM, new StatusCache(REMEMBERED));
  }

  TokenReader with(OpaqueTokens others, Pattern form) {
    return new TokenReader(verifier, keys, others, form, new StatusCache(REMEMBERED));
  }

  /** The same, by whatever nonce a proof has. */
  TokenReader ignoringNonces() {
    return new TokenReader(verifier.ignoringNonces(), keys, opaqueTokens, opaqueForm, over);
  }

  /** A JWT, valid here but for a revocation. */
  VerifiedAccessToken jwt(PresentedToken presented, Instant now) {
    return verifier.token(presented, keys(presented), now);
  }

  /**
   * An opaque token that is valid here, as its issuer says now.
   *
   * @param presenter nobody is asked who did not show that they hold a key
   */
  @Enforces({"SP-5.3.4-3", "IN-4", "RAR-9.2-1"})
  VerifiedAccessToken opaque(PresentedToken presented, VerifiedPresenter presenter, Instant now) {
    if (!opaqueForm.matcher(presented.token().reveal()).matches()) {
      throw notValid("neither a JWT nor of the form of the issuer's opaque tokens");
    }
    SecretDigest digest = presented.token().digest();
    if (over.find(digest, now).isPresent()) {
      throw notValid("an opaque token that was said to be inactive a moment ago");
    }
    IntrospectionResponse answer;
    try {
      answer = opaqueTokens.introspect(presented.token(), now);
    } catch (TokenStatusUnavailableException e) {
      throw unavailable();
    }
    return switch (answer) {
      case IntrospectionResponse.Active active -> verifier.token(presented, active.toJson(), now);
      case IntrospectionResponse.Inactive inactive -> {
        over.keep(digest, false, now, Instant.MAX);
        throw notValid("an opaque token that nobody says is active here");
      }
    };
  }

  private static RefusalException notValid(String detail) {
    return Refusal.oauth(OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
        .withDetail(detail)
        .exception();
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
