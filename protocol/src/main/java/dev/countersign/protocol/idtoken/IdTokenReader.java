package dev.countersign.protocol.idtoken;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The checks on the claims of an ID token whose signature is good. */
final class IdTokenReader {

  private final JwtClaims jwt;

  IdTokenReader(JsonObject json) {
    this.jwt = JwtClaims.of(json, "OA-10");
  }

  @Enforces({"OA-10"})
  IdTokenClaims claims(Issuer issuer, ClientId clientId) throws InvalidJwtException {
    if (!jwt.string("iss").equals(Optional.of(issuer.value()))) {
      throw invalid("iss is not the expected issuer");
    }
    // Further audiences are nobody we trust (section 3.1.3.7 item 3).
    if (!jwt.audience().equals(List.of(clientId.value()))) {
      throw invalid("aud is not this client alone");
    }
    if (!jwt.string("azp").orElse(clientId.value()).equals(clientId.value())) {
      throw invalid("azp is not this client");
    }
    try {
      return new IdTokenClaims(
          issuer,
          new Subject(jwt.requiredString("sub")),
          clientId,
          jwt.requiredInstant("iat"),
          jwt.requiredInstant("exp"),
          jwt.instant("auth_time"),
          jwt.string("nonce").map(Nonce::new),
          jwt.string("acr"),
          jwt.string("at_hash"));
    } catch (IllegalArgumentException e) {
      throw invalid("a claim has a malformed value");
    }
  }

  @Enforces({"OA-10"})
  void requireCurrent(IdTokenClaims claims, Instant now) throws InvalidJwtException {
    if (TimeRules.isExpired(claims.exp(), now)) {
      throw invalid("the token has expired");
    }
    if (TimeRules.isFromTheFuture(claims.iat(), now)) {
      throw invalid("iat is more than 30 s in the future");
    }
  }

  /** A nonce that was not sent is as wrong as a missing one: it belongs to another request. */
  @Enforces({"OA-10"})
  void requireNonce(IdTokenClaims claims, Optional<Nonce> sent) throws InvalidJwtException {
    if (!claims.nonce().equals(sent)) {
      throw invalid("nonce is not the one that was sent");
    }
  }

  @Enforces({"OA-10"})
  void requireAccessToken(
      IdTokenClaims claims, Optional<AccessToken> token, SignatureAlgorithm algorithm)
      throws InvalidJwtException {
    if (claims.atHash().isEmpty() || token.isEmpty()) {
      return;
    }
    if (!claims.atHash().get().equals(IdTokenClaims.atHash(token.get(), algorithm))) {
      throw invalid("at_hash is not that of the access token");
    }
  }

  @Enforces({"OA-13"})
  static void requireSameLogin(IdTokenClaims before, IdTokenClaims after)
      throws InvalidJwtException {
    if (!after.sub().equals(before.sub())) {
      throw new InvalidJwtException("OA-13", "sub is not that of the login");
    }
    if (after.authTime().isPresent() && !after.authTime().equals(before.authTime())) {
      throw new InvalidJwtException("OA-13", "auth_time is not that of the login");
    }
  }

  static InvalidJwtException invalid(String reason) {
    return new InvalidJwtException("OA-10", reason);
  }
}
