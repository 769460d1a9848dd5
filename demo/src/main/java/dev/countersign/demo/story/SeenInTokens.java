package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be seen at the token endpoint when it issues. */
final class SeenInTokens {
  private static final Set<String> TOKEN_CLAIMS =
      Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");

  private SeenInTokens() {}

  static List<Observation> ofCode() {
    return Observation.all(
        List.of(
            request(),
            List.of(
                Observation.of(
                    "OA-6",
                    "code and redirect URI are those of the authorization",
                    e ->
                        e.form().has("redirect_uri")
                            && e.form().value("redirect_uri").equals(pushed(e, "redirect_uri"))),
                Observation.of(
                    "SP-5.3.2.2-5", "the verifier fits the pushed challenge", SeenInTokens::pkce)),
            issued(),
            List.of(
                Observation.of(
                    "SP-5.3.2.1-12",
                    "the key is the one that pushed the request",
                    e ->
                        e.issued().isPresent()
                            && e.issued()
                                .flatMap(SeenJwt::boundTo)
                                .equals(push(e).flatMap(SeenInTokens::proofKey))),
                Observation.of(
                    "SP-5.3.2.3-1",
                    "an ID token of the server says who the person is",
                    e ->
                        e.idToken()
                            .filter(jwt -> jwt.isSignedBy(KeyRing.SERVER))
                            .flatMap(jwt -> jwt.text("sub"))
                            .isPresent()),
                Observation.of(
                    "OA-10", "it is for this client and this request", SeenInTokens::idToken)),
            SeenInDetails.issued()));
  }

  static List<Observation> ofRefresh() {
    return Observation.all(
        List.of(
            request(),
            List.of(
                Observation.of(
                    "SP-5.3.3.1-6",
                    "the refresh token is the one that came with the code",
                    e -> ofRefreshToken(e).isPresent()),
                Observation.of(
                    "SP-5.3.2.1-9",
                    "the answer brings no other refresh token",
                    e ->
                        Json.text(e.json(), "refresh_token")
                            .filter(
                                token ->
                                    !e.form().value("refresh_token").equals(Optional.of(token)))
                            .isEmpty())),
            issued()));
  }

  /** The end of a token (RFC 7009). */
  static List<Observation> revocation() {
    return Observation.all(
        List.of(
            SeenInRequests.authenticated(),
            List.of(
                Observation.of(
                    "RV-1",
                    "the token goes in the body, and the answer says no more than that it is over",
                    e -> e.form().has("token") && e.status() == 200))));
  }

  static List<Observation> ofClient() {
    return Observation.all(
        List.of(
            request(),
            issued(),
            List.of(
                Observation.of(
                    "OA-6",
                    "there is no person, so no ID token and no refresh token",
                    e -> !e.json().has("id_token") && !e.json().has("refresh_token")))));
  }

  private static List<Observation> request() {
    return Observation.all(
        List.of(SeenInRequests.authenticated(), SeenInRequests.proved(), SeenInRequests.named()));
  }

  private static List<Observation> issued() {
    return List.of(
        Observation.of(
            "OA-4",
            "the answer is JSON that nobody may store, with a lifetime",
            e ->
                e.headerHas("Cache-Control", "no-store")
                    && e.headerHas("Pragma", "no-cache")
                    && Json.number(e.json(), "expires_in").isPresent()),
        Observation.of(
            "DP-5",
            "the token's type is DPoP",
            e -> Json.text(e.json(), "token_type").equals(Optional.of("DPoP"))),
        Observation.of(
            "SP-5.3.2.1-4",
            "the access token is bound to the key of the proof",
            e ->
                proofKey(e).isPresent()
                    && e.issued().flatMap(SeenJwt::boundTo).equals(proofKey(e))),
        Observation.of(
            "AT-1",
            "the access token is an at+jwt, signed by the server",
            e ->
                e.issued()
                    .filter(jwt -> jwt.isSignedBy(KeyRing.SERVER))
                    .flatMap(jwt -> jwt.jws().type())
                    .equals(Optional.of("at+jwt"))),
        Observation.of(
            "AT-2",
            "it has all claims it must have",
            e ->
                e.issued()
                    .filter(jwt -> jwt.claims().names().containsAll(TOKEN_CLAIMS))
                    .filter(jwt -> jwt.text("iss").equals(Optional.of(e.issuer().value())))
                    .filter(
                        jwt -> jwt.text("client_id").equals(Optional.of(Cast.CLIENT_ID.value())))
                    .isPresent()));
  }

  private static boolean pkce(Evidence e) {
    Optional<String> challenge =
        e.form()
            .value("code_verifier")
            .map(CodeVerifier::new)
            .map(CodeChallenge::of)
            .map(CodeChallenge::value);
    return challenge.isPresent() && challenge.equals(pushed(e, "code_challenge"));
  }

  private static boolean idToken(Evidence e) {
    return e.idToken()
        .filter(jwt -> jwt.text("iss").equals(Optional.of(e.issuer().value())))
        .filter(jwt -> jwt.text("aud").equals(Optional.of(Cast.CLIENT_ID.value())))
        .filter(jwt -> jwt.text("nonce").equals(pushed(e, "nonce")))
        .isPresent();
  }

  /** The thumbprint of the key that a request proved; empty if nobody's we know. */
  static Optional<String> proofKey(Evidence e) {
    return e.proof().flatMap(SeenJwt::signer).map(signer -> signer.thumbprint().value());
  }

  private static Optional<String> pushed(Evidence e, String parameter) {
    return push(e).flatMap(push -> push.asked().value(parameter));
  }

  /** The pushed request that the code of a redemption answers. */
  static Optional<Evidence> push(Evidence e) {
    return e.form()
        .value("code")
        .flatMap(code -> e.story().find(before -> has(before.brought(), "code", code)))
        .flatMap(answer -> answer.brought().value("state"))
        .flatMap(state -> pushOf(e.story(), state));
  }

  /** The pushed request with this state. */
  static Optional<Evidence> pushOf(Story story, String state) {
    return story.find(MessageKind.PUSH, push -> has(push.asked(), "state", state));
  }

  /** The redemption that brought the refresh token of a refresh. */
  private static Optional<Evidence> ofRefreshToken(Evidence e) {
    return e.form()
        .value("refresh_token")
        .flatMap(
            token ->
                e.story()
                    .find(
                        MessageKind.TOKEN,
                        before ->
                            Json.text(before.json(), "refresh_token").equals(Optional.of(token))));
  }

  /** The redemption that the presented access token comes from, at once or by a refresh. */
  static Optional<Evidence> ofPresented(Evidence e) {
    Optional<Evidence> issued =
        e.presented()
            .map(SeenJwt::compact)
            .flatMap(token -> e.story().find(before -> brought(before, token)));
    return issued
        .filter(found -> found.form().has("code"))
        .or(() -> issued.flatMap(SeenInTokens::ofRefreshToken));
  }

  private static boolean brought(Evidence before, String token) {
    return before.issued().filter(jwt -> jwt.compact().equals(token)).isPresent();
  }

  private static boolean has(Form form, String parameter, String value) {
    return form.value(parameter).equals(Optional.of(value));
  }
}
