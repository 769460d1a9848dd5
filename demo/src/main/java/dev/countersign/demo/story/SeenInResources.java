package dev.countersign.demo.story;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.SecretDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What must be seen at protected resources: userinfo and the bank. */
final class SeenInResources {
  private SeenInResources() {}

  static List<Observation> challenged() {
    return Observation.all(
        List.of(
            List.of(
                Observation.of(
                    "DP-13",
                    "the resource asks for a nonce and gives one",
                    e ->
                        e.challengeError().equals(Optional.of("use_dpop_nonce"))
                            && e.exchange().response().all("DPoP-Nonce").size() == 1),
                Observation.of(
                    "DP-11",
                    "the challenge names the algorithms",
                    e -> e.headerHas(Challenge.HEADER, "algs="))),
            SeenInRequests.named()));
  }

  static List<Observation> userinfo() {
    return Observation.all(
        List.of(
            read(),
            List.of(
                Observation.of(
                    "OA-12",
                    "sub is that of the ID token",
                    e ->
                        Json.text(e.json(), "sub").isPresent()
                            && Json.text(e.json(), "sub")
                                .equals(
                                    SeenInTokens.ofPresented(e)
                                        .flatMap(Evidence::idToken)
                                        .flatMap(jwt -> jwt.text("sub")))))));
  }

  static List<Observation> grant() {
    return Observation.all(
        List.of(
            read(),
            List.of(
                Observation.of(
                    "GM-6.3-1",
                    "the grant is asked for by the grant_id that came with its tokens",
                    SeenInResources::isOfTokens),
                Observation.of(
                    "GM-6-1",
                    "the answer says what the grant allows, and shows no token",
                    e ->
                        e.json().has("scopes")
                            && !e.json().has("access_token")
                            && !e.json().has("refresh_token")),
                Observation.of(
                    "GM-6.4-1",
                    "nobody may store it",
                    e -> e.headerHas("Cache-Control", "no-store")))));
  }

  private static boolean isOfTokens(Evidence e) {
    String path = e.exchange().url().getPath();
    Optional<String> grant = Optional.of(path.substring(path.lastIndexOf('/') + 1));
    return e.story()
        .find(MessageKind.TOKEN, brought -> Json.text(brought.json(), "grant_id").equals(grant))
        .isPresent();
  }

  static List<Observation> payment() {
    return Observation.all(
        List.of(
            read(),
            SeenInDetails.paid(),
            List.of(
                Observation.of(
                    "IA-2.2.2-1",
                    "the client says that the person is there",
                    e -> e.requestHeader("x-fapi-end-user-present").equals(Optional.of("true"))))));
  }

  static List<Observation> read() {
    return Observation.all(
        List.of(
            SeenInRequests.proved(),
            List.of(
                Observation.of(
                    "SP-5.3.3.1-3",
                    "the token is in the Authorization field, and nowhere else",
                    e ->
                        e.presented().isPresent()
                            && e.requestHeaders("Authorization").size() == 1
                            && !e.form().has("access_token")),
                Observation.of(
                    "SP-5.3.4-1", "the resource takes it there", e -> e.status() / 100 == 2),
                Observation.of(
                    "DP-10", "the proof names this very token", SeenInResources::namesTheToken),
                Observation.of(
                    "SP-5.3.4-5",
                    "the token is bound to the key that made the proof",
                    e ->
                        SeenInTokens.proofKey(e).isPresent()
                            && e.presented()
                                .flatMap(SeenJwt::boundTo)
                                .equals(SeenInTokens.proofKey(e))),
                Observation.of(
                    "SP-6.2",
                    "the proof holds a nonce of the resource",
                    e -> e.proof().flatMap(jwt -> jwt.text("nonce")).isPresent())),
            SeenInRequests.named()));
  }

  /** The claim {@code ath} of RFC 9449 section 4.2. */
  private static boolean namesTheToken(Evidence e) {
    Optional<String> hash =
        e.presented()
            .map(token -> SecretDigest.of(token.compact()).sha256())
            .map(digest -> Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    return hash.isPresent() && e.proof().flatMap(jwt -> jwt.text("ath")).equals(hash);
  }
}
