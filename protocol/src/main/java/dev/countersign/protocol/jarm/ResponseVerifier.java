package dev.countersign.protocol.jarm;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Verifies signed responses of one issuer to one client, in two steps (section 2.4): {@link #open}
 * needs no key and says whether there is a reason to get some, {@link AddressedResponse#verify}
 * takes the keys and gives the response. Each refusal is {@code invalid_request} with a constant
 * text.
 *
 * <p>Keeps nothing; safe for any number of threads at once.
 */
public final class ResponseVerifier {

  private static final String RULE = "JARM-6";

  /** Room for the longest state there is, 8192 characters, each of them escaped. */
  private static final int LONGEST_JWT = 32_768;

  private static final List<String> PARAMETERS =
      List.of("iss", "state", "code", "error", "error_description");

  private final Jose jose;
  private final Issuer issuer;
  private final ClientId clientId;
  private final Optional<SignatureAlgorithm> registered;

  /** A verifier that takes each of our algorithms. */
  public ResponseVerifier(Jose jose, Issuer issuer, ClientId clientId) {
    this(jose, issuer, clientId, Optional.empty());
  }

  /**
   * A verifier for what {@code issuer} answers {@code clientId}.
   *
   * @param issuer that of the flow, to which the request was sent
   * @param registered {@code authorization_signed_response_alg}, if the client registered one
   */
  public ResponseVerifier(
      Jose jose, Issuer issuer, ClientId clientId, Optional<SignatureAlgorithm> registered) {
    this.jose = jose;
    this.issuer = issuer;
    this.clientId = clientId;
    this.registered = registered;
  }

  /**
   * The response in the parameters that the browser brought. What stands beside it is not looked
   * at: only what is signed counts. Refused without {@code response}, and as {@link #open(String,
   * Instant)} says.
   */
  @Enforces({"JARM-2", "MS-5.4.2-2"})
  public AddressedResponse open(Form answer, Instant now) {
    return open(
        answer
            .value(ResponseJwt.PARAMETER)
            .orElseThrow(() -> refused("MS-5.4.2-2", "the answer is no signed response")),
        now);
  }

  /**
   * What the response says of itself, before its signature. Refused, in this order: what is
   * encrypted; what is no JWT of ours, or of another {@code typ}; an {@code iss} that is not the
   * issuer of the flow; an {@code aud} that is not this client alone; an {@code exp} that has come,
   * or is more than 10 minutes and 30 seconds ahead; another {@code alg} than the registered one.
   *
   * @param compact the JWT
   * @param now by this client's clock
   */
  @Enforces({"JARM-6", "SP-5.4.1-1.3", "SP-5.4.1-1.2", "J-13"})
  public AddressedResponse open(String compact, Instant now) {
    if (compact.chars().filter(letter -> letter == '.').count() == 4) {
      throw refused(RULE, "the signed response is encrypted");
    }
    try {
      CompactJws jws = CompactJws.parse(compact, LONGEST_JWT);
      // Other JWTs of the same issuer say what they are (RFC 8725 section 3.11).
      String type = jws.type().orElse("jwt");
      if (!type.equals("jwt")) {
        throw refused(
            RULE, "the signed response is another JWT", Refusal.mismatch("typ", type, "none"));
      }
      JwtClaims claims = JwtClaims.of(jws.unverifiedClaims(), RULE);
      requireIssuer(claims);
      requireAudience(claims);
      requireCurrent(claims, now);
      requireAlgorithm(jws);
      return new Opened(jose, jws);
    } catch (InvalidJwtException e) {
      throw malformed(e);
    }
  }

  /** Of nobody else may keys be fetched, whoever sent the browser here. */
  @Enforces({"JARM-6", "ATT-62", "SP-5.3.3.2-5"})
  private void requireIssuer(JwtClaims claims) throws InvalidJwtException {
    String iss = claims.requiredString("iss");
    if (!iss.equals(issuer.value())) {
      throw refused(
          RULE,
          "the signed response is of another issuer",
          Refusal.mismatch("iss", iss, issuer.value()));
    }
  }

  @Enforces({"JARM-6", "ATT-62"})
  private void requireAudience(JwtClaims claims) throws InvalidJwtException {
    List<String> aud = claims.audience();
    if (!aud.equals(List.of(clientId.value()))) {
      throw refused(
          RULE,
          "the signed response is for another client",
          Refusal.mismatch("aud", aud.toString(), clientId.value() + " alone"));
    }
  }

  /** One that is good for longer than the specification knows could be kept for another day. */
  @Enforces({"JARM-6", "ATT-62"})
  private static void requireCurrent(JwtClaims claims, Instant now) throws InvalidJwtException {
    Instant exp = claims.requiredInstant("exp");
    if (TimeRules.isExpired(exp, now)) {
      throw refused(
          RULE,
          "the signed response has expired",
          Refusal.mismatch("exp", exp.toString(), "after " + now));
    }
    Instant last = now.plus(ResponseJwt.LONGEST).plus(TimeRules.FUTURE);
    if (exp.isAfter(last)) {
      throw refused(
          RULE,
          "the signed response is good for too long",
          Refusal.mismatch("exp", exp.toString(), "at most " + last));
    }
    Optional<Instant> nbf = claims.instant("nbf");
    if (nbf.isPresent() && TimeRules.isFromTheFuture(nbf.get(), now)) {
      throw refused(
          RULE,
          "the signed response is not good yet",
          TimeRules.fromTheFuture("nbf", nbf.get(), now));
    }
  }

  @Enforces({"JARM-6"})
  private void requireAlgorithm(CompactJws jws) {
    if (registered.isPresent() && registered.get() != jws.algorithm()) {
      throw refused(
          RULE,
          "the signed response has another alg than was registered",
          Refusal.mismatch("alg", jws.algorithm().joseName(), registered.get().joseName()));
    }
  }

  private static RefusalException malformed(InvalidJwtException e) {
    return Refusal.oauth(
            OAuthError.INVALID_REQUEST, e.rule().value(), "the signed response is not acceptable")
        .withDetail(e.reason())
        .exception();
  }

  private static RefusalException refused(String rule, String description) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description).exception();
  }

  private static RefusalException refused(String rule, String description, String detail) {
    return Refusal.oauth(OAuthError.INVALID_REQUEST, rule, description)
        .withDetail(detail)
        .exception();
  }

  /** The one form of {@link AddressedResponse}. */
  record Opened(Jose jose, CompactJws jws) implements AddressedResponse {

    @Override
    @Enforces({"JARM-6", "S-05"})
    public AuthorizationResponse verify(JwkSet keys) {
      try {
        JwtClaims claims = JwtClaims.of(jose.verify(jws, keys).claims(), RULE);
        Form.Builder form = Form.builder();
        for (String name : PARAMETERS) {
          form.add(name, claims.string(name));
        }
        return AuthorizationResponse.read(form.build());
      } catch (InvalidJwtException e) {
        throw malformed(e);
      }
    }

    /** The type's name: the rest may be a code. */
    @Override
    public String toString() {
      return "AddressedResponse";
    }
  }
}
