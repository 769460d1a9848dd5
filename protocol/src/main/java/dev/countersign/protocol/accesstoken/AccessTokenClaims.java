package dev.countersign.protocol.accesstoken;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an access token says: a JWT by itself (RFC 9068 section 2.2), an opaque one by its issuer.
 * Instants are written as whole seconds, parts of a second are cut.
 *
 * @param iss who issued it
 * @param sub the person, or the client itself for client credentials
 * @param aud where it may be used; at least one
 * @param clientId whom it was given to
 * @param jti unique among the issuer's tokens
 * @param iat when it was issued
 * @param exp the first instant at which it is no longer good; after {@code iat}
 * @param scope what it allows; may be empty
 * @param cnf what it is bound to
 * @param authTime when the person logged in
 * @param acr how strongly the person logged in
 * @param authorizationDetails what it allows beside the scope (RFC 9396 section 9.1)
 * @param grantHandles for each audience the handle by which the revocation feed of that audience
 *     names the grant; empty if the issuer has no feed
 */
public record AccessTokenClaims(
    Issuer iss,
    Subject sub,
    List<String> aud,
    ClientId clientId,
    Jti jti,
    Instant iat,
    Instant exp,
    Scope scope,
    Confirmation cnf,
    Optional<Instant> authTime,
    Optional<String> acr,
    AuthorizationDetails authorizationDetails,
    GrantHandles grantHandles) {

  /** The {@code typ} of a JWT access token. */
  public static final String TYPE = "at+jwt";

  /** Refuses a token without audience or lifetime with {@link IllegalArgumentException}. */
  @Enforces({"AT-2", "AT-5"})
  public AccessTokenClaims {
    aud = List.copyOf(aud);
    if (aud.isEmpty() || aud.contains("")) {
      throw new IllegalArgumentException(
          "AccessTokenClaims.aud must name at least one audience, none empty (AT-2)");
    }
    if (!exp.isAfter(iat)) {
      throw new IllegalArgumentException("AccessTokenClaims.exp must be after iat (AT-2)");
    }
  }

  /** The signed token; the algorithm is the key's. */
  @Enforces({"AT-1", "AT-2", "DP-9", "SP-5.3.2.1-4", "SP-5.3.2.1-5"})
  public AccessToken sign(Jose jose, SigningKey key) {
    return new AccessToken(jose.sign(JsonObject.builder().put("typ", TYPE).build(), toJson(), key));
  }

  /** The claims as a JWT holds them. */
  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put("iss", iss.value()).put("sub", sub.value());
    // RFC 7519 section 4.1.3: one audience may stand as a plain string.
    if (aud.size() == 1) {
      json.put("aud", aud.get(0));
    } else {
      json.put("aud", aud);
    }
    json.put("client_id", clientId.value())
        .put("jti", jti.value())
        .put("iat", iat.getEpochSecond())
        .put("exp", exp.getEpochSecond());
    if (!scope.isEmpty()) {
      json.put("scope", scope.toString());
    }
    return json.put("cnf", cnf.toJson())
        .put("auth_time", authTime.map(Instant::getEpochSecond))
        .put("acr", acr)
        .put(AuthorizationDetails.NAME, authorizationDetails.member())
        .put(GrantHandles.CLAIM, grantHandles.member())
        .build();
  }
}
