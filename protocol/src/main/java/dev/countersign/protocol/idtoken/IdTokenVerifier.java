package dev.countersign.protocol.idtoken;

import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies ID tokens of one issuer for one client (OpenID Connect Core section 3.1.3.7).
 *
 * <p>Keeps nothing; safe for any number of threads at once.
 */
public final class IdTokenVerifier {

  private final Jose jose;
  private final Issuer issuer;
  private final ClientId clientId;
  private final Optional<SignatureAlgorithm> registered;

  /** A verifier that takes each of our algorithms. */
  public IdTokenVerifier(Jose jose, Issuer issuer, ClientId clientId) {
    this(jose, issuer, clientId, Optional.empty());
  }

  /**
   * A verifier for what {@code issuer} says to {@code clientId}.
   *
   * @param registered {@code id_token_signed_response_alg}, if the client registered one
   */
  public IdTokenVerifier(
      Jose jose, Issuer issuer, ClientId clientId, Optional<SignatureAlgorithm> registered) {
    this.jose = jose;
    this.issuer = issuer;
    this.clientId = clientId;
    this.registered = registered;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(IdTokenClaims claims, String compact) implements VerifiedIdToken {

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
      return "VerifiedIdToken";
    }
  }

  /**
   * Verifies the ID token that a code brought. Refused: a wrong type, algorithm, signature, {@code
   * iss}, {@code azp}; an {@code aud} that is not this client alone; one that has expired ({@code
   * exp} is now or earlier) or was issued more than 30 seconds ahead; a nonce other than the one
   * sent; an {@code at_hash} that is not of the access token.
   *
   * @param idToken the token in compact form
   * @param keys the issuer's keys
   * @param sent the nonce of the authorization request; absent if none was sent
   * @param accessToken the one that came with it
   * @param now by this client's clock
   * @throws InvalidJwtException naming the rule and the reason
   */
  @Enforces({"OA-10", "SP-5.4.1-1.1", "SP-5.4.1-1.2", "SP-5.4.3-1"})
  public VerifiedIdToken verify(
      String idToken,
      JwkSet keys,
      Optional<Nonce> sent,
      Optional<AccessToken> accessToken,
      Instant now)
      throws InvalidJwtException {
    CompactJws jws = CompactJws.parse(idToken);
    // Other JWTs of the same issuer say what they are (RFC 8725 section 3.11).
    String type = jws.type().orElse("jwt");
    if (!type.equals("jwt")) {
      throw IdTokenReader.invalid("typ is " + type + ", expected JWT or none");
    }
    if (registered.isPresent() && registered.get() != jws.algorithm()) {
      throw IdTokenReader.invalid("alg is not the registered " + registered.get().joseName());
    }
    IdTokenReader reader = new IdTokenReader(jose.verify(jws, keys).claims());
    IdTokenClaims claims = reader.claims(issuer, clientId);
    reader.requireCurrent(claims, now);
    reader.requireNonce(claims, sent);
    reader.requireAccessToken(claims, accessToken, jws.algorithm());
    return new Verified(claims, idToken);
  }

  /**
   * Verifies the ID token that a refresh brought. Besides what {@link #verify} refuses, it must
   * speak of the same login: {@code sub} as before, and {@code auth_time} and nonce, if it has
   * them, as before (OpenID Connect Core section 12.2).
   *
   * @param before what the ID token of the code said
   */
  @Enforces({"OA-13"})
  public VerifiedIdToken verifyRefreshed(
      String idToken,
      JwkSet keys,
      IdTokenClaims before,
      Optional<AccessToken> accessToken,
      Instant now)
      throws InvalidJwtException {
    boolean hasNonce = CompactJws.parse(idToken).unverifiedClaims().has("nonce");
    Optional<Nonce> nonce = hasNonce ? before.nonce() : Optional.empty();
    VerifiedIdToken verified = verify(idToken, keys, nonce, accessToken, now);
    IdTokenReader.requireSameLogin(before, verified.claims());
    return verified;
  }
}
