package dev.countersign.protocol.clientauth;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.JwtClaims;
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
 * An assertion by which a client says who it is ({@code private_key_jwt}, OpenID Connect Core
 * section 9). First it is {@linkplain #read read}, which tells whose keys to look up; only {@link
 * #verify} makes it worth anything.
 */
public final class ClientAssertion {

  /** The one {@code client_assertion_type} (RFC 7523 section 2.2). */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** How long an assertion of ours is good: our choice, long enough for a slow request. */
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  private static final String JOSE_TYPE = "client-authentication+jwt";

  private final CompactJws jws;
  private final ClientId clientId;

  private ClientAssertion(CompactJws jws, ClientId clientId) {
    this.jws = jws;
    this.clientId = clientId;
  }

  /** The proof that {@link #verify} gives. */
  record Verified(ClientId clientId, Jti jti, Optional<Instant> issuedAt, Instant exp)
      implements VerifiedClientAssertion {}

  /**
   * An assertion to be sent once, within {@link #LIFETIME}.
   *
   * @param audience the issuer identifier of the server, whichever endpoint it goes to
   * @param jti fresh
   * @param now by the client's clock
   */
  @Enforces({"CA-2", "CA-5", "CA-V", "SP-5.3.3.1-2", "SP-5.3.3.1-5"})
  public static String create(
      Jose jose, SigningKey key, ClientId clientId, Issuer audience, Jti jti, Instant now) {
    JsonObject claims =
        JsonObject.builder()
            .put("iss", clientId.value())
            .put("sub", clientId.value())
            .put("aud", audience.value())
            .put("jti", jti.value())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .build();
    return jose.sign(JsonObject.builder().put("typ", JOSE_TYPE).build(), claims, key);
  }

  /** The parameters that carry an assertion, for the body of a request. */
  @Enforces({"CA-1"})
  public static Form toForm(String assertion) {
    return Form.builder()
        .add("client_assertion_type", TYPE)
        .add("client_assertion", assertion)
        .build();
  }

  /**
   * The assertion of a request, not yet verified.
   *
   * <p>Refused with {@code invalid_request}: more than one method, or one method twice, of an
   * assertion, a client secret and an Authorization header (RFC 6749 section 2.3). Refused with
   * {@code invalid_client}: another method in place of the assertion, no assertion, a malformed
   * one, one whose {@code iss} is not its {@code sub}, and a {@code client_id} parameter of another
   * client.
   */
  @Enforces({"CA-1", "CA-4", "SP-5.3.2.1-3", "SP-5.3.2.2-4", "PAR-2"})
  public static ClientAssertion read(Form form, Headers headers) {
    refuseOtherMethods(form, headers);
    String assertion =
        form.value("client_assertion")
            .orElseThrow(
                () ->
                    failed(
                        "SP-5.3.2.2-4",
                        Refusal.mismatch("client_assertion", "missing", "a signed JWT")));
    Optional<String> type = form.value("client_assertion_type");
    if (!type.equals(Optional.of(TYPE))) {
      throw failed("CA-1", Refusal.mismatch("client_assertion_type", type, TYPE));
    }
    try {
      CompactJws jws = CompactJws.parse(assertion);
      ClientId clientId = clientId(jws.unverifiedClaims());
      Optional<String> parameter = form.value("client_id");
      if (!parameter.orElse(clientId.value()).equals(clientId.value())) {
        throw failed("CA-1", Refusal.mismatch("client_id", parameter, clientId + ", the sub"));
      }
      return new ClientAssertion(jws, clientId);
    } catch (InvalidJwtException e) {
      throw failed(e.rule().value(), e.reason());
    } catch (IllegalArgumentException e) {
      throw failed("CA-2", "sub is malformed");
    }
  }

  /** Who it says the client is. Good for looking up the client's keys, for nothing else. */
  public ClientId clientId() {
    return clientId;
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
   * Verifies type, algorithm, signature, {@code aud}, {@code exp}, {@code iat}, {@code nbf} and
   * {@code jti}. Whatever fails is refused with {@code invalid_client} and one constant text; the
   * log learns the rule and the reason.
   *
   * @param keys those the client registered
   * @param registered {@code token_endpoint_auth_signing_alg}, if the client registered it
   * @param self the issuer identifier of this server, the only audience taken
   * @param now by this server's clock
   */
  @Enforces({"CA-3", "CA-4", "CA-5", "SP-5.4.1-1.1", "SP-5.4.1-1.2", "SP-5.4.3-1"})
  public VerifiedClientAssertion verify(
      Jose jose, JwkSet keys, Optional<SignatureAlgorithm> registered, Issuer self, Instant now) {
    String type = jws.type().orElse("jwt");
    if (!type.equals("jwt") && !type.equals(JOSE_TYPE)) {
      throw failed("CA-5", Refusal.mismatch("typ", type, JOSE_TYPE + " or none"));
    }
    if (registered.isPresent() && registered.get() != jws.algorithm()) {
      throw failed(
          "CA-3",
          Refusal.mismatch(
              "alg", jws.algorithm().joseName(), registered.get().joseName() + " as registered"));
    }
    try {
      return AssertionClaims.verify(jose.verify(jws, keys).claims(), clientId, self, now);
    } catch (InvalidJwtException e) {
      throw failed(e.rule().value(), e.reason());
    } catch (IllegalArgumentException e) {
      throw failed("CA-2", "a claim has a malformed value");
    }
  }

  /** Names the client only. */
  @Override
  public String toString() {
    return "ClientAssertion[clientId=" + clientId + "]";
  }

  @Enforces({"CA-7", "SP-5.3.2.1-6", "OA-3"})
  private static void refuseOtherMethods(Form form, Headers headers) {
    boolean assertion = form.has("client_assertion") || form.has("client_assertion_type");
    int others = headers.all("Authorization").size() + (form.has("client_secret") ? 1 : 0);
    if (others > 1 || (others == 1 && assertion)) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST, "CA-7", "more than one client authentication method")
          .exception();
    }
    if (others == 1) {
      throw Refusal.oauth(
              OAuthError.INVALID_CLIENT,
              "SP-5.3.2.1-6",
              "clients authenticate by private_key_jwt or a certificate")
          .exception();
    }
  }

  static RefusalException failed(String rule, String detail) {
    return Refusal.oauth(OAuthError.INVALID_CLIENT, rule, "client authentication failed")
        .withDetail(detail)
        .exception();
  }

  private static ClientId clientId(JsonObject json) throws InvalidJwtException {
    JwtClaims claims = JwtClaims.of(json, "CA-2");
    String sub = claims.requiredString("sub");
    String iss = claims.requiredString("iss");
    if (!iss.equals(sub)) {
      throw failed("CA-2", Refusal.mismatch("iss", iss, sub + ", the sub"));
    }
    return new ClientId(sub);
  }
}
