package dev.countersign.protocol.introspection;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
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

/** What the introspection endpoint answers (RFC 7662 section 2.2). */
public sealed interface IntrospectionResponse {

  /** The body of the answer. */
  JsonObject toJson();

  /**
   * Reads what an authorization server answered. Unknown members are ignored, and so is everything
   * beside {@code "active":false}. A missing {@code active}, a member of another JSON type or with
   * a malformed value, are refused; a {@code cnf} that names both a key and a certificate says
   * nothing.
   */
  @Enforces({"IN-2"})
  static IntrospectionResponse read(JsonObject body) throws MalformedJsonException {
    boolean active =
        body.bool("active").orElseThrow(() -> new MalformedJsonException("active is missing"));
    return active ? ActiveReader.read(body) : new Inactive();
  }

  /**
   * The token does not stand, or this caller may not know of it: which, nobody is told. Nothing is
   * said beside it.
   */
  record Inactive() implements IntrospectionResponse {
    @Override
    @Enforces({"IN-2", "9701-5"})
    public JsonObject toJson() {
      return JsonObject.builder().put("active", false).build();
    }
  }

  /**
   * The token stands. All members are optional on the wire; what a resource server needs, {@link
   * IntrospectionVerifier} demands.
   *
   * @param scope what it allows at this resource server; empty text is none
   * @param clientId whom it was given to
   * @param tokenType how it is presented, {@code DPoP} or {@code Bearer}
   * @param exp the first instant at which it is no longer good
   * @param iat when it was issued
   * @param nbf the first instant at which it is good
   * @param sub the person, or the client itself
   * @param aud where it may be used; empty if that is not said
   * @param iss who issued it
   * @param jti its identifier
   * @param cnf what it is bound to
   * @param acr how strongly the person logged in
   * @param authTime when the person logged in
   * @param authorizationDetails what it allows at this resource server beside the scope
   * @param grantHandles what the revocation feed calls its grant here
   */
  record Active(
      Optional<Scope> scope,
      Optional<ClientId> clientId,
      Optional<String> tokenType,
      Optional<Instant> exp,
      Optional<Instant> iat,
      Optional<Instant> nbf,
      Optional<Subject> sub,
      List<String> aud,
      Optional<Issuer> iss,
      Optional<Jti> jti,
      Optional<Confirmation> cnf,
      Optional<String> acr,
      Optional<Instant> authTime,
      AuthorizationDetails authorizationDetails,
      GrantHandles grantHandles)
      implements IntrospectionResponse {

    /** Copies the list. */
    public Active {
      aud = List.copyOf(aud);
    }

    /**
     * What an access token says of itself.
     *
     * @param aud the audiences of the token that the caller is
     * @param scope the part of its scope that concerns the caller
     * @param details the part of its details that concerns the caller
     * @param handles the handles that concern the caller
     */
    @Enforces({"RAR-9.2-1"})
    public static Active of(
        AccessTokenClaims token,
        List<String> aud,
        Scope scope,
        AuthorizationDetails details,
        GrantHandles handles) {
      return new Active(
          Optional.of(scope).filter(some -> !some.isEmpty()),
          Optional.of(token.clientId()),
          Optional.of(token.cnf().tokenType()),
          Optional.of(token.exp()),
          Optional.of(token.iat()),
          Optional.empty(),
          Optional.of(token.sub()),
          aud,
          Optional.of(token.iss()),
          Optional.of(token.jti()),
          Optional.of(token.cnf()),
          token.acr(),
          token.authTime(),
          details,
          handles);
    }

    @Override
    @Enforces({"IN-2"})
    public JsonObject toJson() {
      JsonObject.Builder json =
          JsonObject.builder()
              .put("active", true)
              .put("scope", scope.map(Scope::toString))
              .put("client_id", clientId.map(ClientId::value))
              .put("token_type", tokenType)
              .put("exp", exp.map(Instant::getEpochSecond))
              .put("iat", iat.map(Instant::getEpochSecond))
              .put("nbf", nbf.map(Instant::getEpochSecond))
              .put("sub", sub.map(Subject::value));
      if (aud.size() == 1) {
        json.put("aud", aud.getFirst());
      } else if (!aud.isEmpty()) {
        json.put("aud", aud);
      }
      return json.put("iss", iss.map(Issuer::value))
          .put("jti", jti.map(Jti::value))
          .put("cnf", cnf.map(Confirmation::toJson))
          .put("acr", acr)
          .put("auth_time", authTime.map(Instant::getEpochSecond))
          .put(AuthorizationDetails.NAME, authorizationDetails.member())
          .put(GrantHandles.CLAIM, grantHandles.member())
          .build();
    }
  }
}
