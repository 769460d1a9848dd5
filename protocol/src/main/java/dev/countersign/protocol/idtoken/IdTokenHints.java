package dev.countersign.protocol.idtoken;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.Optional;

/**
 * Reads the {@code id_token_hint} of a request: an ID token that the client was given before, by
 * which it says whom it means (OpenID Connect Core section 3.1.2.1).
 *
 * <p>Keeps nothing; safe for any number of threads at once.
 */
public final class IdTokenHints {

  /** The name of the parameter. */
  public static final String PARAMETER = "id_token_hint";

  private final Jose jose;
  private final JwkSet keys;
  private final Issuer self;

  /**
   * For the server that issued the tokens.
   *
   * @param keys all that its ID tokens were ever signed with, as far as it still knows them
   * @param self its issuer identifier
   */
  public IdTokenHints(Jose jose, JwkSet keys, Issuer self) {
    this.jose = jose;
    this.keys = keys;
    this.self = self;
  }

  /**
   * The person that the hint of a request is about; empty if it has none. One that has expired is
   * taken, as long ago as it may be. Refused with {@code invalid_request}: what is no ID token, one
   * that this server did not sign, and one that was made for another client, since nobody else was
   * told of that login.
   *
   * @param client who makes the request
   */
  @Enforces({"OA-18"})
  public Optional<Subject> person(Form form, ClientId client) {
    return form.value(PARAMETER).map(hint -> person(hint, client));
  }

  private Subject person(String hint, ClientId client) {
    try {
      CompactJws jws = CompactJws.parse(hint);
      String type = jws.type().orElse("jwt");
      if (!type.equals("jwt")) {
        throw refused(Refusal.mismatch("typ", type, "JWT or none"));
      }
      JwtClaims claims = JwtClaims.of(jose.verify(jws, keys).claims(), "OA-18");
      String iss = claims.requiredString("iss");
      if (!iss.equals(self.value())) {
        throw refused(Refusal.mismatch("iss", iss, self.value()));
      }
      if (!claims.audience().contains(client.value())) {
        throw refused(Refusal.mismatch("aud", claims.audience().toString(), client.value()));
      }
      return new Subject(claims.requiredString("sub"));
    } catch (InvalidJwtException e) {
      throw refused(e.reason());
    } catch (IllegalArgumentException e) {
      throw refused("sub is malformed");
    }
  }

  private static RefusalException refused(String detail) {
    return Refusal.oauth(
            OAuthError.INVALID_REQUEST,
            "OA-18",
            "id_token_hint is no ID token of this server for this client")
        .withDetail("id_token_hint: " + detail)
        .exception();
  }
}
