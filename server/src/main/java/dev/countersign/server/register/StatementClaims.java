package dev.countersign.server.register;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checks on the claims of a software statement whose signature is good. */
final class StatementClaims {
  private static final String RULE = "DC-2";
  private static final String SOFTWARE = "software_id";

  private StatementClaims() {}

  /**
   * Refuses a statement whose time has passed or not come. RFC 7591 wants no times in it: each is
   * judged where it is there.
   *
   * @param maxAge how long ago its {@code iat} may be, this long included; it must have one then
   */
  @Enforces({"DC-2", "SP-5.3.2.1-13"})
  static void requireInTime(JsonObject json, Optional<Duration> maxAge, Instant now)
      throws InvalidJwtException {
    JwtClaims claims = JwtClaims.of(json, RULE);
    Optional<Instant> exp = claims.instant("exp");
    if (exp.isPresent() && TimeRules.isExpired(exp.get(), now)) {
      throw wrong("exp", exp.get(), "later than " + now);
    }
    for (String name : new String[] {"nbf", "iat"}) {
      Optional<Instant> time = claims.instant(name);
      if (time.isPresent() && TimeRules.isFromTheFuture(time.get(), now)) {
        throw new InvalidJwtException(
            "SP-5.3.2.1-13", TimeRules.fromTheFuture(name, time.get(), now));
      }
    }
    if (maxAge.isPresent()) {
      Instant iat = claims.requiredInstant("iat");
      if (iat.isBefore(now.minus(maxAge.get()))) {
        throw wrong("iat", iat, "at most " + maxAge.get() + " before " + now);
      }
    }
  }

  /** RFC 7519 section 4.1.3: whoever is not named in an {@code aud} must not take it. */
  @Enforces({"DC-2"})
  static void requireForUs(JsonObject json, Issuer self) throws InvalidJwtException {
    if (json.has("aud") && !JwtClaims.of(json, RULE).audience().contains(self.value())) {
      throw unapproved("aud does not name " + self.value());
    }
  }

  /**
   * Refuses a statement by another issuer, about another software, or older than the one that it is
   * to replace: people allowed things to the client that they knew. Whether two are about the same
   * software shows their {@code software_id} alone, so that one without has no successor.
   */
  @Enforces({"DC-2", "DC-4"})
  static void requireSuccessor(JsonObject json, JsonObject before) {
    try {
      JwtClaims now = JwtClaims.of(json, RULE);
      JwtClaims then = JwtClaims.of(before, RULE);
      if (then.string(SOFTWARE).orElse("").isEmpty()) {
        throw unapproved("the one that it is to replace names no " + SOFTWARE);
      }
      for (String name : new String[] {"iss", SOFTWARE}) {
        if (!now.string(name).equals(then.string(name))) {
          throw unapproved("another " + name + " than that of the one that it is to replace");
        }
      }
      Optional<Instant> issued = then.instant("iat");
      if (issued.isPresent() && now.instant("iat").orElse(Instant.EPOCH).isBefore(issued.get())) {
        throw unapproved("older than the one that it is to replace");
      }
    } catch (InvalidJwtException e) {
      throw unapproved(e.reason());
    }
  }

  static RefusalException unapproved(String fault) {
    return Refused.because(
        OAuthError.UNAPPROVED_SOFTWARE_STATEMENT, "software_statement", "is refused: " + fault);
  }

  private static InvalidJwtException wrong(String claim, Instant came, String expected) {
    return new InvalidJwtException(RULE, Refusal.mismatch(claim, came.toString(), expected));
  }
}
