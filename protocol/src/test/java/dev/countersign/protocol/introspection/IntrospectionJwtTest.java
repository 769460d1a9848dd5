package dev.countersign.protocol.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Requirement;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"IN-3"})
class IntrospectionJwtTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ClientId API = new ClientId("api");
  private static final IntrospectionResponse INACTIVE = new IntrospectionResponse.Inactive();

  private final Jose jose = Jose.jdk();
  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = jose.generate(SignatureAlgorithm.ES256, random);

  private String signed() {
    return IntrospectionJwt.sign(jose, key, ISSUER, API, INACTIVE, NOW);
  }

  private IntrospectionResponse verify(String jwt, Instant now)
      throws InvalidJwtException, MalformedJsonException {
    return IntrospectionJwt.verify(
        jose, IntrospectionJwt.parse(jwt), JwkSet.of(List.of(key.publicJwk())), ISSUER, API, now);
  }

  private String signed(String typ, JsonObject claims) {
    return jose.sign(JsonObject.builder().put("typ", typ).build(), claims, key);
  }

  private void refuses(String jwt, Instant now) {
    assertThatExceptionOfType(InvalidJwtException.class).isThrownBy(() -> verify(jwt, now));
  }

  @Test
  @Requirement({"MS-5.5.1-1", "9701-3", "9701-4", "9701-5", "9701-6"})
  void saysWhoAnsweredWhomAndWhenAndNothingElseBesideTheAnswer() throws Exception {
    CompactJws jwt = CompactJws.parse(signed());
    assertThat(jwt.type()).contains("token-introspection+jwt");
    assertThat(jwt.unverifiedClaims().toJson())
        .isEqualTo(
            "{\"iss\":\"https://as.example.com\",\"aud\":\"api\",\"iat\":1772366400,"
                + "\"token_introspection\":{\"active\":false}}");
    assertThat(verify(signed(), NOW)).isEqualTo(INACTIVE);
  }

  @Test
  void isGoodForAMinuteAndForClocksThatDifferByHalfOfOne() throws Exception {
    assertThat(verify(signed(), NOW.plusSeconds(60).minusNanos(1))).isEqualTo(INACTIVE);
    refuses(signed(), NOW.plusSeconds(60));
    assertThat(verify(signed(), NOW.minusSeconds(30))).isEqualTo(INACTIVE);
    refuses(signed(), NOW.minusSeconds(30).minusNanos(1));
  }

  /** A merged grant may have twice the details of a request. */
  @Test
  void hasRoomForTheLargestGrant() throws Exception {
    JsonObject detail =
        JsonObject.builder().put("type", "a").put("text", "x".repeat(32 * 1024)).build();
    IntrospectionResponse answer =
        IntrospectionResponse.read(
            JsonObject.builder()
                .put("active", true)
                .put("aud", Collections.nCopies(16, "https://api.example.com/" + "a".repeat(480)))
                .put("authorization_details", List.of(detail))
                .build());
    String jwt = IntrospectionJwt.sign(jose, key, ISSUER, API, answer, NOW);
    assertThat(verify(jwt, NOW)).isEqualTo(answer);
  }

  @Test
  void refusesWhatIsTooLongBeforeLookingAtIt() {
    String full = "a".repeat(IntrospectionJwt.MAX_LENGTH);
    assertThatExceptionOfType(InvalidJwtException.class)
        .isThrownBy(() -> IntrospectionJwt.parse(full + "a"))
        .withMessageContaining("longer than 65536");
    assertThatExceptionOfType(InvalidJwtException.class)
        .isThrownBy(() -> IntrospectionJwt.parse(full))
        .withMessageContaining("three parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "JWT", "token-introspection"})
  @Requirement({"MS-5.5.2-2", "9701-3", "J-13"})
  void refusesAnotherType(String typ) throws Exception {
    JsonObject claims = CompactJws.parse(signed()).unverifiedClaims();
    assertThat(verify(signed("token-introspection+jwt", claims), NOW)).isEqualTo(INACTIVE);
    refuses(signed(typ, claims), NOW);
  }

  @Test
  @Requirement({"MS-5.5.2-2", "9701-4"})
  void refusesAnotherIssuerAudienceOrSignature() throws Exception {
    refuses(
        IntrospectionJwt.sign(jose, key, new Issuer("https://as.example.com/"), API, INACTIVE, NOW),
        NOW);
    refuses(IntrospectionJwt.sign(jose, key, ISSUER, new ClientId("other"), INACTIVE, NOW), NOW);
    SigningKey other = jose.generate(SignatureAlgorithm.ES256, random);
    refuses(IntrospectionJwt.sign(jose, other, ISSUER, API, INACTIVE, NOW), NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "iat", "token_introspection"})
  @Requirement({"MS-5.5.2-2", "9701-4"})
  void refusesAnAnswerThatLeavesSomethingOut(String name) throws Exception {
    JsonObject whole = CompactJws.parse(signed()).unverifiedClaims();
    java.util.Set<String> names = new java.util.HashSet<>(whole.names());
    names.remove(name);
    String jwt = signed("token-introspection+jwt", whole.only(names));
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> verify(jwt, NOW))
        .isInstanceOfAny(InvalidJwtException.class, MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/token-introspection+jwt",
        "Application/Token-Introspection+JWT",
        "application/json, application/token-introspection+jwt;q=0.5",
        "application/json;q=0.1 , application/token-introspection+jwt ; q=1"
      })
  @Requirement("9701-1")
  void isAskedForByItsName(String accept) {
    assertThat(IntrospectionJwt.isAskedFor(Headers.of(List.of(Map.entry("Accept", accept)))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/*",
        "application/json",
        "application/jwt",
        "application/token-introspection+jwt;q=0",
        "application/token-introspection+jwt; q=0.00",
        "application/token-intro spection+jwt"
      })
  @Requirement("9701-1")
  void isNotAskedForByAnythingElse(String accept) {
    assertThat(IntrospectionJwt.isAskedFor(Headers.of(List.of(Map.entry("accept", accept)))))
        .isFalse();
    assertThat(IntrospectionJwt.isAskedFor(Headers.of(List.of()))).isFalse();
  }
}
