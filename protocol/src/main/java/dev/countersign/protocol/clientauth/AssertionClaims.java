package dev.countersign.protocol.clientauth;

import static dev.countersign.protocol.clientauth.ClientAssertion.failed;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checks on the claims of an assertion whose signature is good. */
final class AssertionClaims {

  // Our choice: bounds how long a used jti must be remembered.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private AssertionClaims() {}

  static VerifiedClientAssertion verify(
      JsonObject json, ClientId clientId, Issuer self, Instant now) throws InvalidJwtException {
    requireAudience(json, self);
    JwtClaims claims = JwtClaims.of(json, "CA-2");
    requireStarted(claims, now);
    Instant exp = expiry(claims, now);
    Jti jti = new Jti(claims.requiredString("jti"));
    return new ClientAssertion.Verified(clientId, jti, claims.instant("iat"), exp);
  }

  /** An array is refused even with one element, and so is any URL of ours but the issuer. */
  @Enforces({"SP-5.3.2.1-8", "CA-5", "PAR-14"})
  private static void requireAudience(JsonObject json, Issuer self) {
    Optional<String> aud;
    try {
      aud = json.string("aud");
    } catch (MalformedJsonException e) {
      throw failed(
          "SP-5.3.2.1-8", Refusal.mismatch("aud", "not a string", "the string " + self.value()));
    }
    if (!aud.equals(Optional.of(self.value()))) {
      throw failed("SP-5.3.2.1-8", Refusal.mismatch("aud", aud, self.value()));
    }
  }

  @Enforces({"SP-5.3.2.1-13"})
  private static void requireStarted(JwtClaims claims, Instant now) throws InvalidJwtException {
    Optional<Instant> iat = claims.instant("iat");
    Optional<Instant> nbf = claims.instant("nbf");
    if (iat.isPresent() && TimeRules.isFromTheFuture(iat.get(), now)) {
      throw failed("SP-5.3.2.1-13", TimeRules.fromTheFuture("iat", iat.get(), now));
    }
    if (nbf.isPresent() && TimeRules.isFromTheFuture(nbf.get(), now)) {
      throw failed("SP-5.3.2.1-13", TimeRules.fromTheFuture("nbf", nbf.get(), now));
    }
    if (iat.isPresent() && iat.get().isBefore(now.minus(LONGEST))) {
      throw failed(
          "CA-3", Refusal.mismatch("iat", iat.get().toString(), "at most 10 min before " + now));
    }
  }

  @Enforces({"CA-3"})
  private static Instant expiry(JwtClaims claims, Instant now) throws InvalidJwtException {
    Instant exp = claims.requiredInstant("exp");
    if (TimeRules.isExpired(exp, now)) {
      throw failed("CA-3", Refusal.mismatch("exp", exp.toString(), "later than " + now));
    }
    if (exp.isAfter(now.plus(LONGEST))) {
      throw failed("CA-3", Refusal.mismatch("exp", exp.toString(), "at most 10 min after " + now));
    }
    return exp;
  }
}
