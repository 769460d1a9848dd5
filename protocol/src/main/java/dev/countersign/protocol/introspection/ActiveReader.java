package dev.countersign.protocol.introspection;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.RefusalException;
import java.util.Optional;

/** Reads the members of an answer about a token that stands. */
final class ActiveReader {

  private ActiveReader() {}

  /** The members have the form of the claims of a JWT by the same names (RFC 7662 section 2.2). */
  static IntrospectionResponse.Active read(JsonObject body) throws MalformedJsonException {
    JwtClaims claims = JwtClaims.of(body, "IN-2");
    try {
      return new IntrospectionResponse.Active(
          claims.string("scope").filter(scope -> !scope.isEmpty()).map(Scope::parse),
          claims.string("client_id").map(ClientId::new),
          claims.string("token_type"),
          claims.instant("exp"),
          claims.instant("iat"),
          claims.instant("nbf"),
          claims.string("sub").map(Subject::new),
          claims.audience(),
          claims.string("iss").map(Issuer::new),
          claims.string("jti").map(Jti::new),
          binding(body),
          claims.string("acr"),
          claims.instant("auth_time"),
          AuthorizationDetails.read(body),
          GrantHandles.read(body));
    } catch (InvalidJwtException e) {
      throw new MalformedJsonException(e.reason());
    } catch (IllegalArgumentException | RefusalException e) {
      throw new MalformedJsonException("a member has a malformed value");
    }
  }

  private static Optional<Confirmation> binding(JsonObject body) throws MalformedJsonException {
    Optional<JsonObject> cnf = body.object("cnf");
    return cnf.isEmpty() ? Optional.empty() : Confirmation.read(cnf.get());
  }
}
