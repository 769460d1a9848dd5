package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
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
                    "the proof had no nonce",
                    e -> e.proof().filter(jwt -> !jwt.claims().has("nonce")).isPresent()))));
  }

  static List<Observation> taken() {
    return Observation.all(
        List.of(
            SeenInRequests.authenticated(),
            SeenInRequests.proved(),
            SeenInRequests.named(),
            asked(),
            parameters(),
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
                    e ->
                        e.form().has("client_assertion")
                            && e.story()
                                .newest(MessageKind.PUSH_CHALLENGED)
                                .map(first -> first.form().value("client_assertion"))
                                .equals(Optional.of(e.form().value("client_assertion"))))),
            answered()));
  }

  private static List<Observation> asked() {
    return List.of(
        Observation.of(
            "SP-5.3.3.1-8",
            "the proof holds the nonce that the server gave",
            e ->
                e.proof().isPresent()
                    && e.proof()
                        .flatMap(jwt -> jwt.text("nonce"))
                        .equals(
                            e.story()
                                .newest(MessageKind.PUSH_CHALLENGED)
                                .flatMap(first -> first.header("DPoP-Nonce")))),
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
                e.form().value("code_challenge_method").equals(Optional.of(CodeChallenge.METHOD))
                    && matches(SECRET, e.form().value("code_challenge"))),
        Observation.of(
            "SP-5.3.2.2-6",
            "it names the redirect URI",
            e -> e.form().value("redirect_uri").equals(Optional.of(Cast.REDIRECT_URI.value()))));
  }

  private static List<Observation> parameters() {
    return List.of(
        Observation.of(
            "SP-5.3.3.2-1",
            "it asks for a code",
            e -> e.form().value("response_type").equals(Optional.of("code"))),
        Observation.of(
            "SP-5.3.3.2-7",
            "nonce is at most 64 characters",
            e -> e.form().value("nonce").filter(nonce -> nonce.length() <= 64).isPresent()),
        Observation.of(
            "IA-2.7-5",
            "state and nonce are URL-safe",
            e ->
                matches(URL_SAFE, e.form().value("state"))
                    && matches(URL_SAFE, e.form().value("nonce"))));
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

  static boolean matches(Pattern pattern, Optional<String> text) {
    return text.filter(value -> pattern.matcher(value).matches()).isPresent();
  }
}
