package dev.countersign.protocol.jar;

import static dev.countersign.protocol.jar.RequestObject.LONGEST;
import static dev.countersign.protocol.jar.RequestObject.invalid;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The checks on the claims of a request object whose signature is good. */
final class ObjectClaims {

  private ObjectClaims() {}

  static VerifiedRequestObject verify(JsonObject json, ClientId client, Issuer self, Instant now) {
    requireClient(json, client);
    requireAudience(json, self);
    Instant exp = requireTime(json, now);
    refuseNested(json);
    return new RequestObject.Verified(ObjectParameters.toForm(json), jti(json), exp);
  }

  /**
   * RFC 9101 section 4 only advises {@code iss}; section 10.8 has {@code sub} not name the client,
   * since an assertion does.
   */
  @Enforces({"JAR-2", "JAR-3", "PAR-11"})
  private static void requireClient(JsonObject json, ClientId client) {
    JwtClaims claims = JwtClaims.of(json, "JAR-2");
    String clientId = NamedClaim.read("client_id", () -> claims.requiredString("client_id"));
    if (!clientId.equals(client.value())) {
      throw invalid(
          "JAR-2",
          "client_id of the request object is not that of the client",
          Refusal.mismatch("client_id", clientId, client.value()));
    }
    Optional<String> iss = NamedClaim.read("iss", () -> claims.string("iss"));
    if (iss.isPresent() && !iss.get().equals(client.value())) {
      throw invalid(
          "JAR-2",
          "iss of the request object is not the client",
          Refusal.mismatch("iss", iss, client.value()));
    }
    Optional<String> sub = NamedClaim.read("sub", () -> JwtClaims.of(json, "JAR-3").string("sub"));
    if (sub.equals(Optional.of(client.value()))) {
      throw invalid(
          "JAR-3",
          "sub of the request object must not be the client",
          Refusal.mismatch("sub", sub, "none"));
    }
  }

  /** Here an array is right, too, unlike in an assertion. */
  @Enforces({"MS-5.3.1-2"})
  private static void requireAudience(JsonObject json, Issuer self) {
    List<String> audience =
        NamedClaim.read("aud", () -> JwtClaims.of(json, "MS-5.3.1-2").audience());
    if (!audience.contains(self.value())) {
      throw invalid(
          "MS-5.3.1-2",
          "aud of the request object does not name this server",
          Refusal.mismatch("aud", audience.toString(), self.value()));
    }
  }

  /** The {@code exp}, once all times are right. Each edge itself is right, but for {@code exp}. */
  @Enforces({"MS-5.3.1-3", "MS-5.3.1-4", "SP-5.3.2.1-13"})
  private static Instant requireTime(JsonObject json, Instant now) {
    Instant nbf =
        NamedClaim.read("nbf", () -> JwtClaims.of(json, "MS-5.3.1-3").requiredInstant("nbf"));
    refuseFuture("nbf", nbf, now);
    if (nbf.isBefore(now.minus(LONGEST))) {
      throw invalid(
          "MS-5.3.1-3",
          "nbf of the request object is more than 60 minutes ago",
          Refusal.mismatch("nbf", nbf.toString(), "at most 60 min before " + now));
    }
    Instant exp =
        NamedClaim.read("exp", () -> JwtClaims.of(json, "MS-5.3.1-4").requiredInstant("exp"));
    if (exp.isAfter(nbf.plus(LONGEST))) {
      throw invalid(
          "MS-5.3.1-4",
          "exp of the request object is more than 60 minutes after nbf",
          Refusal.mismatch("exp", exp.toString(), "at most 60 min after " + nbf));
    }
    if (TimeRules.isExpired(exp, now)) {
      throw invalid(
          "MS-5.3.1-4",
          "exp of the request object has passed",
          Refusal.mismatch("exp", exp.toString(), "later than " + now));
    }
    Optional<Instant> iat =
        NamedClaim.read("iat", () -> JwtClaims.of(json, "SP-5.3.2.1-13").instant("iat"));
    iat.ifPresent(time -> refuseFuture("iat", time, now));
    return exp;
  }

  private static void refuseFuture(String claim, Instant time, Instant now) {
    if (TimeRules.isFromTheFuture(time, now)) {
      throw invalid(
          "SP-5.3.2.1-13",
          claim + " of the request object is in the future",
          TimeRules.fromTheFuture(claim, time, now));
    }
  }

  /** RFC 9101 sections 4 and 10.7: an object brings a request, and does not point to another. */
  @Enforces({"JAR-3", "PAR-3"})
  private static void refuseNested(JsonObject json) {
    for (String name : List.of(RequestObject.PARAMETER, "request_uri")) {
      if (json.has(name)) {
        throw invalid(
            "JAR-3",
            "a request object must not have request or request_uri",
            Refusal.mismatch(name, "there", "none"));
      }
    }
  }

  @Enforces({"JAR-11"})
  private static Optional<Jti> jti(JsonObject json) {
    return NamedClaim.read(
        "jti",
        () -> {
          Optional<String> jti = JwtClaims.of(json, "JAR-11").string("jti");
          try {
            return jti.map(Jti::new);
          } catch (IllegalArgumentException malformed) {
            throw new InvalidJwtException("JAR-11", "claim jti is malformed");
          }
        });
  }
}
