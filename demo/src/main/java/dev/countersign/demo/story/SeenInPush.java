package dev.countersign.demo.story;

import dev.countersign.protocol.pkce.CodeChallenge;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must be seen when a client pushes its request (RFC 9126). */
final class SeenInPush {
  /** 256 bits, base64url. */
  static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private static final Pattern REQUEST_URI =
      Pattern.compile("urn:ietf:params:oauth:request_uri:(" + SECRET + ")");
  private static final Pattern URL_SAFE = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  private SeenInPush() {}

  /** At the push and at the token endpoint alike. */
  static List<Observation> challenged() {
    return Observation.all(
        List.of(
            SeenInRequests.authenticated(),
            SeenInRequests.proved(),
            SeenInRequests.named(),
            List.of(
                Observation.of(
                    "DP-13",
                    "the server asks for a nonce, gives one, and nobody may store the answer",
                    e ->
                        Json.text(e.json(), "error").equals(Optional.of("use_dpop_nonce"))
                            && e.exchange().response().all("DPoP-Nonce").size() == 1
                            && e.headerHas("Cache-Control", "no-store")),
                Observation.of(
                    "SP-5.3.2.1-10",
                    "the proof had no nonce that is good now",
                    e -> e.proof().isPresent() && e.rule().equals(Optional.of("DP-14"))))));
  }

  static List<Observation> taken() {
    return Observation.all(
        List.of(
            SeenInRequests.authenticated(),
            SeenInRequests.proved(),
            SeenInRequests.named(),
            asked(),
            parameters(),
            SeenInDetails.pushed(),
            answered()));
  }

  static List<Observation> repeated() {
    return Observation.all(
        List.of(
            SeenInRequests.authenticated(),
            SeenInRequests.proved(),
            List.of(
                Observation.of(
                    "CA-3",
                    "the assertion of the refused request was still unused",
                    SeenInPush::challengedBefore)),
            answered()));
  }

  private static List<Observation> asked() {
    return List.of(
        Observation.of(
            "SP-5.3.3.1-8",
            "the proof holds the nonce that the server gave",
            SeenInPush::holdsGivenNonce),
        Observation.of(
            "SP-5.3.3.2-2",
            "the client pushes its request to the endpoint of the metadata",
            e ->
                e.story()
                    .newest(MessageKind.METADATA)
                    .flatMap(m -> Json.text(m.json(), "pushed_authorization_request_endpoint"))
                    .filter(e.exchange().url().toString()::equals)
                    .isPresent()),
        Observation.of(
            "SP-5.3.3.2-3",
            "it has a PKCE challenge of method S256",
            e ->
                e.asked().value("code_challenge_method").equals(Optional.of(CodeChallenge.METHOD))
                    && matches(SECRET, e.asked().value("code_challenge"))),
        Observation.of(
            "SP-5.3.2.2-6",
            "it names the redirect URI",
            e ->
                e.asked()
                    .value("redirect_uri")
                    .equals(Optional.of(e.story().redirectUri().value()))));
  }

  private static List<Observation> parameters() {
    return List.of(
        Observation.of(
            "SP-5.3.3.2-1",
            "it asks for a code",
            e -> e.asked().value("response_type").equals(Optional.of("code"))),
        Observation.of(
            "SP-5.3.3.2-7",
            "nonce is at most 64 characters",
            e -> e.asked().value("nonce").filter(nonce -> nonce.length() <= 64).isPresent()),
        Observation.of(
            "IA-2.7-5",
            "state and nonce are URL-safe",
            e ->
                matches(URL_SAFE, e.asked().value("state"))
                    && matches(URL_SAFE, e.asked().value("nonce"))));
  }

  private static List<Observation> answered() {
    return List.of(
        Observation.of(
            "PAR-5",
            "the answer is JSON that nobody may store, with a lifetime",
            e ->
                e.headerHas("Cache-Control", "no-store")
                    && e.headerHas("Content-Type", "application/json")
                    && Json.number(e.json(), "expires_in").filter(s -> s > 0).isPresent()),
        Observation.of(
            "SP-5.3.2.2-12",
            "request_uri lives for less than 600 s",
            e -> Json.number(e.json(), "expires_in").filter(s -> s < 600).isPresent()),
        Observation.of(
            "SP-5.4.1-4",
            "request_uri has a random part of 256 bits",
            e -> matches(REQUEST_URI, Json.text(e.json(), "request_uri"))));
  }

  /** Whether the same assertion came before and only its proof was lacking. */
  static boolean challengedBefore(Evidence e) {
    return e.form().has("client_assertion")
        && e.story()
            .find(MessageKind.PUSH_CHALLENGED, first -> same(first, e, "client_assertion"))
            .isPresent();
  }

  private static boolean same(Evidence one, Evidence other, String parameter) {
    return one.form().value(parameter).equals(other.form().value(parameter));
  }

  private static boolean holdsGivenNonce(Evidence e) {
    return e.proof()
        .flatMap(jwt -> jwt.text("nonce"))
        .flatMap(nonce -> e.story().find(before -> gave(before, nonce, e)))
        .isPresent();
  }

  private static boolean gave(Evidence before, String nonce, Evidence e) {
    return before.exchange().to() == e.exchange().to()
        && before.header("DPoP-Nonce").equals(Optional.of(nonce));
  }

  static boolean matches(Pattern pattern, Optional<String> text) {
    return text.filter(value -> pattern.matcher(value).matches()).isPresent();
  }
}
