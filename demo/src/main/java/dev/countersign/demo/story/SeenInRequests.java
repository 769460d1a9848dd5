package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.http.FapiInteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What must be seen in every request of the client that is authenticated or proved. */
final class SeenInRequests {
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final Set<String> PROOF_CLAIMS = Set.of("jti", "htm", "htu", "iat");
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private SeenInRequests() {}

  /** Client authentication. */
  static List<Observation> authenticated() {
    return List.of(
        Observation.of(
            "CA-1",
            "the client authenticates by a JWT in the body",
            e ->
                e.form().value("client_assertion_type").equals(Optional.of(ClientAssertion.TYPE))
                    && e.assertion().isPresent()),
        Observation.of("CA-2", "iss and sub are the client, with exp and jti", SeenInRequests::ca2),
        Observation.of(
            "SP-5.3.3.1-2",
            "the client's own key signed it",
            e -> e.assertion().filter(jwt -> jwt.isSignedBy(KeyRing.CLIENT)).isPresent()),
        Observation.of(
            "SP-5.3.3.1-5",
            "aud is the issuer, as a string",
            e ->
                e.assertion()
                    .flatMap(jwt -> jwt.text("aud"))
                    .filter(e.issuer().value()::equals)
                    .isPresent()));
  }

  /** The proof of a key. */
  static List<Observation> proved() {
    return List.of(
        Observation.of("DP-1", "there is one proof", e -> e.requestHeaders("DPoP").size() == 1),
        Observation.of(
            "DP-2",
            "the proof is of type dpop+jwt, with its public key inside",
            e ->
                e.proof()
                    .filter(jwt -> jwt.jws().type().equals(Optional.of("dpop+jwt")))
                    .flatMap(jwt -> Json.object(jwt.jws().header(), "jwk"))
                    .filter(jwk -> !jwk.has("d"))
                    .isPresent()),
        Observation.of(
            "DP-3", "it is made for this method, this URL and now", SeenInRequests::dp3));
  }

  /** The name of the interaction, on both sides. */
  static List<Observation> named() {
    return List.of(
        Observation.of(
            "IA-2.2.1-1",
            "the request names the interaction by a UUID",
            e -> interaction(e).filter(id -> UUID.matcher(id).matches()).isPresent()),
        Observation.of(
            "IA-2.2.1-2",
            "the answer names the same interaction",
            e ->
                interaction(e).isPresent()
                    && interaction(e).equals(e.header(FapiInteractionId.HEADER))));
  }

  private static Optional<String> interaction(Evidence e) {
    return e.requestHeader(FapiInteractionId.HEADER);
  }

  private static boolean ca2(Evidence e) {
    return e.assertion()
        .filter(jwt -> jwt.text("iss").equals(jwt.text("sub")) && jwt.text("jti").isPresent())
        .filter(jwt -> jwt.text("sub").equals(Optional.of(Cast.CLIENT_ID.value())))
        .flatMap(jwt -> Json.number(jwt.claims(), "exp"))
        .filter(exp -> Instant.ofEpochSecond(exp).isAfter(e.exchange().at().minus(WINDOW)))
        .isPresent();
  }

  private static boolean dp3(Evidence e) {
    return e.proof()
        .filter(jwt -> jwt.claims().names().containsAll(PROOF_CLAIMS))
        .filter(jwt -> jwt.text("htm").equals(Optional.of(e.exchange().request().method())))
        .filter(jwt -> jwt.text("htu").equals(Optional.of(e.exchange().url().toString())))
        .flatMap(jwt -> Json.number(jwt.claims(), "iat"))
        .map(iat -> Duration.between(Instant.ofEpochSecond(iat), e.exchange().at()).abs())
        .filter(age -> age.compareTo(WINDOW) <= 0)
        .isPresent();
  }
}
