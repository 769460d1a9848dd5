package dev.countersign.protocol.jar;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An authorization request as a JWT that the client signed (RFC 9101). First it is {@linkplain
 * #read read}, which tells which key to look up; only {@link #verify} makes it worth anything.
 */
public final class RequestObject {

  /** The name of the parameter that carries it. */
  public static final String PARAMETER = "request";

  /** How long after its {@code nbf} an object may be good, and how long ago that may be. */
  public static final Duration LONGEST = Duration.ofMinutes(60);

  /** Our bound, in characters: room for all that an unsigned request may hold, in base64url. */
  private static final int MAX_LENGTH = 48 * 1024;

  private static final String TYPE = "oauth-authz-req+jwt";
  private static final String NO_JWT = "the request object is no JWT that the client signed";

  private final CompactJws jws;

  private RequestObject(CompactJws jws) {
    this.jws = jws;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(Form parameters, Optional<Jti> jti, Instant exp)
      implements VerifiedRequestObject {}

  /**
   * A request, signed; good from {@code now} on. Nothing of it is left out, and it has no {@code
   * sub}, so that it can never pass as a client assertion.
   *
   * @param audience the issuer identifier of the server
   * @param now by the client's clock
   * @param lifetime one second to {@link #LONGEST}
   * @param jti fresh, if the object shall be taken once
   */
  @Enforces({
    "MS-5.3.2-1",
    "MS-5.3.2-2",
    "MS-5.3.2-3",
    "MS-5.3.2-4",
    "MS-5.3.2-5",
    "JAR-1",
    "JAR-3"
  })
  public static String create(
      Jose jose,
      SigningKey key,
      AuthorizationRequest request,
      Issuer audience,
      Instant now,
      Duration lifetime,
      Optional<Jti> jti) {
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "RequestObject.lifetime must be 1 second to 60 minutes (MS-5.3.2-4)");
    }
    JsonObject claims =
        JsonObject.builder()
            .put("iss", request.clientId().value())
            .put("aud", audience.value())
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("exp", now.getEpochSecond() + lifetime.toSeconds())
            .put("jti", jti.map(Jti::value))
            .putAll(ObjectParameters.toJson(request))
            .build();
    return jose.sign(JsonObject.builder().put("typ", TYPE).build(), claims, key);
  }

  /** The parameters that carry an object: no other may stand beside them but authentication. */
  @Enforces({"JAR-4"})
  public static Form toForm(String object, ClientId client) {
    return Form.builder().add("client_id", client.value()).add(PARAMETER, object).build();
  }

  /**
   * An object, not yet verified. Refused with {@code invalid_request_object}: what is no compact
   * JWS by one of our algorithms, one that is not signed at all, and one that is encrypted.
   */
  @Enforces({"JAR-1", "JAR-10", "MS-5.3.1-1"})
  public static RequestObject read(String request) {
    if (request.chars().filter(c -> c == '.').count() == 4) {
      throw invalid(
          "JAR-10",
          "an encrypted request object is not supported",
          Refusal.mismatch("request", "a JWE", "a JWS"));
    }
    try {
      return new RequestObject(CompactJws.parse(request, MAX_LENGTH));
    } catch (InvalidJwtException e) {
      throw invalid(e.rule().value(), NO_JWT, e.reason());
    }
  }

  /** The algorithm of its signature; good for looking up the key, for nothing else. */
  public SignatureAlgorithm algorithm() {
    return jws.algorithm();
  }

  /** The {@code kid} of its header; good for looking up the key, for nothing else. */
  public Optional<String> kid() {
    return jws.kid();
  }

  /**
   * Verifies type, algorithm, signature and every claim that is about the object itself. Whatever
   * fails is refused with {@code invalid_request_object}. What it asks for is not looked at.
   *
   * @param keys those of the client; with a {@code kid} in the header, that one alone
   * @param registered {@code request_object_signing_alg}, if the client registered it
   * @param client who pushed it, authenticated
   * @param self the issuer identifier of this server
   * @param now by this server's clock
   */
  @Enforces({"MS-5.3.1-1", "MS-5.3.1-5", "JAR-9", "PAR-11", "SP-5.4.1-1.2"})
  public VerifiedRequestObject verify(
      Jose jose,
      JwkSet keys,
      Optional<SignatureAlgorithm> registered,
      ClientId client,
      Issuer self,
      Instant now) {
    String type = jws.type().orElse("jwt");
    if (!type.equals("jwt") && !type.equals(TYPE)) {
      throw invalid(
          "MS-5.3.1-5",
          "typ of the request object is not oauth-authz-req+jwt",
          Refusal.mismatch("typ", type, TYPE + ", JWT or none"));
    }
    if (registered.isPresent() && registered.get() != jws.algorithm()) {
      throw invalid(
          "JAR-9",
          "alg of the request object is not the registered one",
          Refusal.mismatch(
              "alg", jws.algorithm().joseName(), registered.get().joseName() + " as registered"));
    }
    try {
      return ObjectClaims.verify(jose.verify(jws, keys).claims(), client, self, now);
    } catch (InvalidJwtException e) {
      throw invalid(e.rule().value(), NO_JWT, e.reason());
    }
  }

  /** The type's name and algorithm: what is asked for may be private. */
  @Override
  public String toString() {
    return "RequestObject[" + jws.algorithm() + "]";
  }

  static RefusalException invalid(String rule, String description, String detail) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST_OBJECT, rule, description)
        .withDetail("request object: " + detail)
        .exception();
  }
}
