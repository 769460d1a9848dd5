package dev.countersign.protocol.accesstoken;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies access tokens of one issuer for one audience: JWTs by their signature (RFC 9068 section
 * 4), opaque ones by what their issuer says of them. Whatever is wrong with a token is refused with
 * {@code invalid_token} and one constant text; the log learns the rule and the reason.
 *
 * <p>Keeps nothing; safe for any number of threads at once.
 */
public final class AccessTokenVerifier {

  /** How long after {@code exp} a token is still taken, if nothing else is said. */
  public static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(5);

  private static final Duration LONGEST_LEEWAY = Duration.ofSeconds(60);

  private final Jose jose;
  private final Issuer issuer;
  private final Optional<String> audience;
  private final Duration leeway;

  /** A verifier with the {@link #DEFAULT_LEEWAY}. */
  public AccessTokenVerifier(Jose jose, Issuer issuer, String audience) {
    this(jose, issuer, audience, DEFAULT_LEEWAY);
  }

  /**
   * @param issuer the only issuer taken
   * @param audience what {@code aud} must be or contain
   * @param leeway for clocks that differ, 0 to 60 seconds; zero where the issuer itself verifies
   */
  public AccessTokenVerifier(Jose jose, Issuer issuer, String audience, Duration leeway) {
    this(jose, issuer, Optional.of(audience), leeway);
  }

  private AccessTokenVerifier(
      Jose jose, Issuer issuer, Optional<String> audience, Duration leeway) {
    if (leeway.isNegative() || leeway.compareTo(LONGEST_LEEWAY) > 0) {
      throw new IllegalArgumentException("AccessTokenVerifier.leeway must be 0 to 60 s (AT-4)");
    }
    this.jose = jose;
    this.issuer = issuer;
    this.audience = audience;
    this.leeway = leeway;
  }

  /**
   * A verifier for the issuer itself, which asks whether a token is one of its own, wherever it may
   * be used. Nothing may be served by such a token.
   */
  public static AccessTokenVerifier ofIssuer(Jose jose, Issuer issuer) {
    return new AccessTokenVerifier(jose, issuer, Optional.empty(), Duration.ZERO);
  }

  /** The proof that {@link #verify} and {@link #verifyOpaque} give. */
  record Verified(AccessTokenClaims claims, AccessToken token) implements VerifiedAccessToken {}

  /**
   * Verifies type, algorithm, signature, issuer, audience, times and the binding to a key.
   *
   * @param keys the issuer's keys
   * @param now by this server's clock; a token whose {@code exp} is {@code now} less the leeway has
   *     expired
   */
  @Enforces({"AT-4", "SP-5.3.4-3", "SP-5.4.1-1.1", "SP-5.4.1-1.2", "SP-5.4.3-1", "9701-8"})
  public VerifiedAccessToken verify(AccessToken token, JwkSet keys, Instant now) {
    CompactJws jws = parse(token);
    if (!jws.type().equals(Optional.of(AccessTokenClaims.TYPE))) {
      throw refused("AT-4", "typ is " + jws.type().orElse("missing") + ", expected at+jwt");
    }
    try {
      return current(token, jose.verify(jws, keys).claims(), now);
    } catch (InvalidJwtException e) {
      throw refused(e.rule().value(), e.reason());
    }
  }

  /**
   * Verifies issuer, audience, times and the binding to a key of an opaque token, all of which its
   * issuer has to say.
   *
   * @param said by the issuer of this very token: what it kept, or what it answered when it was
   *     asked (RFC 7662) and that the token is active. Nothing else vouches for it
   * @param now as for a JWT
   * @throws IllegalArgumentException if the token is a JWT, which speaks for itself
   */
  @Enforces({"AT-4", "IN-4", "SP-5.3.4-3"})
  public VerifiedAccessToken verifyOpaque(AccessToken token, JsonObject said, Instant now) {
    if (!token.isOpaque()) {
      throw new IllegalArgumentException("A JWT is verified by its signature (SP-5.3.4-3)");
    }
    return current(token, said, now);
  }

  private VerifiedAccessToken current(AccessToken token, JsonObject json, Instant now) {
    try {
      AccessTokenReader reader = new AccessTokenReader(json, issuer, audience);
      AccessTokenClaims claims = reader.claims();
      reader.requireCurrent(claims, now, leeway);
      return new Verified(claims, token);
    } catch (InvalidJwtException e) {
      throw refused(e.rule().value(), e.reason());
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw refused("AT-2", "a claim has a malformed value");
    }
  }

  /** The {@code kid} of a token that is not verified yet, to find its key by. */
  public static Optional<String> kidOf(AccessToken token) {
    return parse(token).kid();
  }

  /** The algorithm of a token that is not verified yet, to find its key by. */
  public static SignatureAlgorithm algorithmOf(AccessToken token) {
    return parse(token).algorithm();
  }

  static RefusalException refused(String rule, String detail) {
    return Refusal.oauth(OAuthError.INVALID_TOKEN, rule, "the access token is not valid")
        .withDetail(detail)
        .exception();
  }

  private static CompactJws parse(AccessToken token) {
    try {
      return CompactJws.parse(token.reveal());
    } catch (InvalidJwtException e) {
      throw refused(e.rule().value(), e.reason());
    }
  }
}
