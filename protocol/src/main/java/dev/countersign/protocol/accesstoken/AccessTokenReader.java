package dev.countersign.protocol.accesstoken;

import static dev.countersign.protocol.accesstoken.AccessTokenVerifier.refused;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The checks on the claims of a token whose signature is good. */
final class AccessTokenReader {

  private final JsonObject json;
  private final JwtClaims jwt;
  private final Issuer issuer;
  private final Optional<String> audience;

  AccessTokenReader(JsonObject json, Issuer issuer, Optional<String> audience) {
    this.json = json;
    this.jwt = JwtClaims.of(json, "AT-2");
    this.issuer = issuer;
    this.audience = audience;
  }

  @Enforces({"AT-2", "AT-4"})
  AccessTokenClaims claims() throws MalformedJsonException, InvalidJwtException {
    if (!jwt.requiredString("iss").equals(issuer.value())) {
      throw refused("AT-4", "iss is not the expected issuer");
    }
    return new AccessTokenClaims(
        issuer,
        new Subject(jwt.requiredString("sub")),
        audience(),
        new ClientId(jwt.requiredString("client_id")),
        new Jti(jwt.requiredString("jti")),
        jwt.requiredInstant("iat"),
        jwt.requiredInstant("exp"),
        scope(),
        confirmation(),
        jwt.instant("auth_time"),
        jwt.string("acr"),
        AuthorizationDetails.read(json),
        GrantHandles.read(json));
  }

  @Enforces({"AT-4", "SP-5.3.2.1-13"})
  void requireCurrent(AccessTokenClaims claims, Instant now, Duration leeway)
      throws InvalidJwtException {
    if (TimeRules.isExpired(claims.exp().plus(leeway), now)) {
      throw refused("AT-4", "the token has expired");
    }
    Optional<Instant> nbf = jwt.instant("nbf");
    if (TimeRules.isFromTheFuture(claims.iat(), now)
        || (nbf.isPresent() && TimeRules.isFromTheFuture(nbf.get(), now))) {
      throw refused("SP-5.3.2.1-13", "iat or nbf is more than 30 s in the future");
    }
  }

  @Enforces({"AT-4", "BCP-2.3"})
  private List<String> audience() throws InvalidJwtException {
    List<String> aud = jwt.audience();
    if (audience.isPresent() && !aud.contains(audience.get())) {
      throw refused("AT-4", "aud is " + aud + ", expected " + audience.get());
    }
    return aud;
  }

  private Scope scope() throws InvalidJwtException {
    Optional<String> scope = jwt.string("scope").filter(value -> !value.isEmpty());
    try {
      return scope.map(Scope::parse).orElse(Scope.NONE);
    } catch (RefusalException e) {
      // Scope speaks of a request (invalid_scope); here it is the token that is wrong.
      throw refused("AT-2", "scope is malformed");
    }
  }

  /** A token that is not bound to its sender is worth nothing here (SP-5.3.2.1-4). */
  @Enforces({"SP-5.3.4-5", "DP-9"})
  private Confirmation confirmation() throws MalformedJsonException, InvalidJwtException {
    Optional<JsonObject> cnf = json.object("cnf");
    if (cnf.isEmpty()) {
      throw refused("SP-5.3.4-5", "cnf is missing");
    }
    return Confirmation.read(cnf.get())
        .orElseThrow(() -> refused("SP-5.3.4-5", "cnf names not one of jkt and x5t#S256"));
  }
}
