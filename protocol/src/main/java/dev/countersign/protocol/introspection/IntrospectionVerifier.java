package dev.countersign.protocol.introspection;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;

/**
 * The checks of a resource server on an answer: that the token is active, has not expired, is meant
 * for this resource server and bound to a key. What fails is refused with {@code invalid_token} and
 * one constant text; the log learns the reason. Immutable.
 */
public final class IntrospectionVerifier {

  private final Issuer issuer;
  private final String audience;
  private final Duration leeway;

  /**
   * Takes answers of one issuer.
   *
   * @param audience what {@code aud} must be or contain
   * @param leeway how long after {@code exp} a token is still taken, for clocks that differ
   */
  public IntrospectionVerifier(Issuer issuer, String audience, Duration leeway) {
    this.issuer = issuer;
    this.audience = audience;
    this.leeway = leeway;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(IntrospectionResponse.Active answer, Instant exp, Confirmation cnf)
      implements VerifiedIntrospection {}

  /**
   * Verifies an answer. {@code exp}, {@code aud} and {@code cnf} must be there; {@code iss} need
   * not, but must be the expected one.
   *
   * @param now by this server's clock
   */
  @Enforces({"IN-4", "SP-5.3.4-3", "SP-5.3.4-5"})
  public VerifiedIntrospection verify(IntrospectionResponse response, Instant now) {
    return switch (response) {
      case IntrospectionResponse.Inactive() -> throw refused("the token is not active");
      case IntrospectionResponse.Active active -> verify(active, now);
    };
  }

  private VerifiedIntrospection verify(IntrospectionResponse.Active active, Instant now) {
    Instant exp = active.exp().orElseThrow(() -> refused("the answer has no exp"));
    if (TimeRules.isExpired(exp.plus(leeway), now)) {
      throw refused("the token has expired");
    }
    if (active.nbf().filter(nbf -> TimeRules.isFromTheFuture(nbf, now)).isPresent()) {
      throw refused("nbf is more than 30 s in the future");
    }
    if (active.iss().filter(iss -> !iss.equals(issuer)).isPresent()) {
      throw refused("iss is not the expected issuer");
    }
    if (!active.aud().contains(audience)) {
      throw refused("aud does not name this resource server");
    }
    Confirmation cnf =
        active.cnf().orElseThrow(() -> refused("the answer names no one binding in cnf"));
    return new Verified(active, exp, cnf);
  }

  private static RefusalException refused(String detail) {
    return Refusal.oauth(OAuthError.INVALID_TOKEN, "IN-4", "the access token is not valid")
        .withDetail(detail)
        .exception();
  }
}
