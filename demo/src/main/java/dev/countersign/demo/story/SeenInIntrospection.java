package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be seen when the bank asks whether a token still stands (RFC 9701). */
final class SeenInIntrospection {
  private static final Duration RECENT = Duration.ofMinutes(1);

  private SeenInIntrospection() {}

  static List<Observation> answered() {
    return Observation.all(List.of(asked(), signed(), said()));
  }

  private static List<Observation> asked() {
    return List.of(
        Observation.of(
            "9701-2",
            "the bank authenticates, by a key that is for nothing else",
            e -> e.assertion().filter(jwt -> jwt.isSignedBy(KeyRing.BANK_ASKING)).isPresent()),
        Observation.of(
            "9701-1",
            "it asks about a token, and for a signed answer",
            e ->
                e.form().has("token")
                    && e.requestHeader("Accept").equals(Optional.of(IntrospectionJwt.MEDIA_TYPE))),
        Observation.of(
            "MS-5.5.2-1",
            "and the answer is one",
            e -> e.status() == 200 && e.introspected().isPresent()));
  }

  private static List<Observation> signed() {
    return List.of(
        Observation.of(
            "MS-5.5.1-1",
            "the server signed it",
            e -> e.introspected().filter(jwt -> jwt.isSignedBy(KeyRing.SERVER)).isPresent()),
        Observation.of(
            "9701-3",
            "its type says what it is, outside and inside",
            e ->
                e.introspected()
                    .flatMap(jwt -> jwt.jws().type())
                    .equals(Optional.of("token-introspection+jwt"))),
        Observation.of(
            "9701-4",
            "it is of this server, for this bank, and of now",
            SeenInIntrospection::isForTheBank),
        Observation.of(
            "9701-6",
            "it has no sub and no exp of its own, so that it is no token",
            e ->
                e.introspected()
                    .filter(jwt -> !jwt.claims().has("sub") && !jwt.claims().has("exp"))
                    .isPresent()));
  }

  private static List<Observation> said() {
    return List.of(
        Observation.of(
                "9701-5",
                "of a token that is over it says that alone",
                e -> ofToken(e).names().equals(Set.of("active")))
            .where(e -> !Json.isTrue(ofToken(e), "active")));
  }

  private static JsonObject ofToken(Evidence e) {
    return e.introspected()
        .flatMap(jwt -> Json.object(jwt.claims(), SeenJwt.OF_TOKEN))
        .orElseGet(() -> JsonObject.builder().build());
  }

  private static boolean isForTheBank(Evidence e) {
    return e.introspected()
        .filter(jwt -> jwt.text("iss").equals(Optional.of(e.issuer().value())))
        .filter(jwt -> jwt.text("aud").equals(Optional.of(Cast.BANK_ID.value())))
        .filter(jwt -> Json.object(jwt.claims(), SeenJwt.OF_TOKEN).isPresent())
        .flatMap(jwt -> Json.number(jwt.claims(), "iat"))
        .map(iat -> Duration.between(Instant.ofEpochSecond(iat), e.exchange().at()).abs())
        .filter(age -> age.compareTo(RECENT) <= 0)
        .isPresent();
  }
}
