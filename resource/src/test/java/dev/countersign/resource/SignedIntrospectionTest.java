package dev.countersign.resource;

import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource server that takes signed answers alone, and keeps them. */
@Requirement({"MS-5.5.2-1", "MS-5.5.2-2", "IN-3"})
class SignedIntrospectionTest extends IntrospectionScene {
  private final VerifiedAccessToken token = token();
  private final Introspection signed = introspection.signed(JOSE);

  private IntrospectionResponse good() {
    try {
      return IntrospectionResponse.read(active(token));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private Reply jwt(SigningKey by) {
    return jwt(by, "api", good());
  }

  private void publishes(SigningKey... keys) {
    List<SigningKey> all = List.of(keys);
    JsonObject set = JwkSet.of(all.stream().map(SigningKey::publicJwk).toList()).toJson();
    server.on("/jwks", r -> Reply.json(200, set));
  }

  private boolean standsSigned() {
    return signed.stands(token, clock.instant());
  }

  @Test
  @Requirement("9701-1")
  void asksForASignedAnswerAndNoOther() {
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    assertThat(standsSigned()).isTrue();
    assertThat(server.received(INTROSPECT).getFirst().headers().all("Accept"))
        .containsExactly("application/token-introspection+jwt");
  }

  @Test
  void takesNoAnswerThatIsNotSigned() {
    answers(active(token));
    isUnable(signed, token);
    // An attacker's "it is over" is no better.
    server.on(INTROSPECT, r -> Reply.text(200, INACTIVE));
    isUnable(signed, token);
    JsonObject claims =
        JsonObject.builder()
            .put("iss", issuer.value())
            .put("aud", "api")
            .put("iat", clock.instant().getEpochSecond())
            .put("token_introspection", active(token))
            .build();
    server.on(INTROSPECT, r -> Reply.json(200, claims));
    isUnable(signed, token);
    String unsigned =
        base64("{\"alg\":\"none\",\"typ\":\"token-introspection+jwt\"}")
            + "."
            + base64(claims.toJson())
            + ".";
    server.on(INTROSPECT, r -> Reply.text(200, unsigned));
    isUnable(signed, token);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesNoAnswerThatWasChangedOnTheWay() {
    String whole =
        IntrospectionJwt.sign(JOSE, Scene.ISSUER_KEY, issuer, API, good(), clock.instant());
    String other =
        IntrospectionJwt.sign(
            JOSE,
            Scene.ISSUER_KEY,
            issuer,
            API,
            new IntrospectionResponse.Inactive(),
            clock.instant());
    String[] parts = whole.split("\\.", -1);
    String[] others = other.split("\\.", -1);
    server.on(INTROSPECT, r -> Reply.text(200, parts[0] + "." + others[1] + "." + parts[2]));
    isUnable(signed, token);
    server.on(INTROSPECT, r -> Reply.text(200, whole));
    assertThat(standsSigned()).isTrue();
  }

  @Test
  void takesNoOldAnswer() {
    String whole =
        IntrospectionJwt.sign(JOSE, Scene.ISSUER_KEY, issuer, API, good(), clock.instant());
    server.on(INTROSPECT, r -> Reply.text(200, whole));
    clock.advance(Duration.ofSeconds(29));
    assertThat(standsSigned()).isTrue();
    clock.advance(Duration.ofSeconds(31));
    isUnable(signed, token);
  }

  @Test
  @Requirement({"9701-9", "SP-5.4.1-1.2"})
  void takesOneAlgorithmAloneIfItIsToldTo() {
    SigningKey own = JOSE.generate(SignatureAlgorithm.EDDSA, RANDOM);
    publishes(own, Scene.ISSUER_KEY);
    Introspection pinned = introspection.signed(JOSE, SignatureAlgorithm.EDDSA);

    server.on(INTROSPECT, r -> jwt(own));
    assertThat(pinned.stands(token, clock.instant())).isTrue();
    assertThat(standsSigned()).isTrue();
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    isUnable(pinned, token);
    assertThat(standsSigned()).isTrue();
  }

  @Test
  @Requirement("SP-6.8-1")
  void followsTheIssuerToItsNextKey() {
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    assertThat(standsSigned()).isTrue();

    SigningKey next = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
    publishes(next);
    // Keys are not fetched again before 30 seconds have passed.
    clock.advance(Duration.ofSeconds(29));
    VerifiedAccessToken later = token();
    server.on(
        INTROSPECT,
        r -> {
          try {
            return jwt(next, "api", IntrospectionResponse.read(active(later)));
          } catch (MalformedJsonException e) {
            throw new AssertionError(e);
          }
        });
    clock.advance(Duration.ofSeconds(1));
    assertThat(signed.stands(later, clock.instant())).isTrue();
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    isUnable(signed, later);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "JWT", "oauth-authz-req+jwt", "dpop+jwt", ""})
  @Requirement({"J-13", "9701-3"})
  void takesNoOtherJwtOfTheIssuerForAnAnswer(String type) throws Exception {
    String answer =
        IntrospectionJwt.sign(JOSE, Scene.ISSUER_KEY, issuer, API, good(), clock.instant());
    JsonObject claims = CompactJws.parse(answer).unverifiedClaims();
    JsonObject header =
        type.isEmpty()
            ? JsonObject.builder().build()
            : JsonObject.builder().put("typ", type).build();
    String other = JOSE.sign(header, claims, Scene.ISSUER_KEY);
    server.on(INTROSPECT, r -> Reply.text(200, other));
    isUnable(signed, token);
  }

  @Test
  @Requirement("J-13")
  void takesNeitherTheTokenItselfNorAnIdTokenForAnAnswer() {
    publishes(key, Scene.ISSUER_KEY);
    server.on(INTROSPECT, r -> Reply.text(200, token.token().reveal()));
    isUnable(signed, token);
    JsonObject idToken =
        JsonObject.builder()
            .put("iss", issuer.value())
            .put("sub", "user-1")
            .put("aud", "api")
            .put("iat", clock.instant().getEpochSecond())
            .put("exp", clock.instant().plusSeconds(60).getEpochSecond())
            .build();
    String ofPerson =
        JOSE.sign(JsonObject.builder().put("typ", "JWT").build(), idToken, Scene.ISSUER_KEY);
    server.on(INTROSPECT, r -> Reply.text(200, ofPerson));
    isUnable(signed, token);
  }

  @Test
  @Requirement("MS-7")
  void handsOnWhatShowsLaterWhatTheIssuerSaid() throws Exception {
    List<IntrospectionEvidence> kept = new ArrayList<>();
    Introspection keeping = signed.keptBy(kept::add);
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    assertThat(keeping.stands(token, clock.instant())).isTrue();
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "api", new IntrospectionResponse.Inactive()));
    assertThat(keeping.stands(token, clock.instant())).isFalse();

    assertThat(kept).hasSize(2);
    IntrospectionEvidence first = kept.getFirst();
    assertThat(first.token()).isEqualTo(token.token().digest());
    assertThat(first.at()).isEqualTo(clock.instant());
    assertThat(first.toString()).doesNotContain(first.jwt()).doesNotContain("user-1");
    // A year later, when the issuer has other keys.
    assertThat(
            IntrospectionJwt.verify(
                JOSE, CompactJws.parse(first.jwt()), first.keys(), issuer, API, first.at()))
        .isEqualTo(good());
  }

  @Test
  void keepsNothingThatIsNotVerifiedAndNothingTwice() {
    List<IntrospectionEvidence> kept = new ArrayList<>();
    Introspection keeping = signed.cachedFor(Duration.ofSeconds(10)).keptBy(kept::add);
    server.on(INTROSPECT, r -> jwt(Scene.OTHER_KEY));
    isUnable(keeping, token);
    answers(active(token));
    isUnable(keeping, token);
    assertThat(kept).isEmpty();

    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    keeping.stands(token, clock.instant());
    keeping.stands(token, clock.instant());
    assertThat(kept).hasSize(1);
  }

  @Test
  void believesNothingThatAnotherWasToldInAnotherWay() {
    List<IntrospectionEvidence> kept = new ArrayList<>();
    Introspection plain = introspection.cachedFor(Duration.ofSeconds(60));
    Introspection unkept = plain.signed(JOSE);
    Introspection strict = unkept.keptBy(kept::add);
    answers(active(token));
    assertThat(plain.stands(token, clock.instant())).isTrue();
    isUnable(unkept, token);
    isUnable(strict, token);

    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    assertThat(unkept.stands(token, clock.instant())).isTrue();
    assertThat(kept).isEmpty();
    assertThat(strict.stands(token, clock.instant())).isTrue();
    assertThat(kept).hasSize(1);
    // Each remembers what it was told itself, for as long as before.
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "api", new IntrospectionResponse.Inactive()));
    clock.advance(Duration.ofSeconds(29));
    assertThat(strict.stands(token, clock.instant())).isTrue();
    assertThat(kept).hasSize(1);
  }

  @Test
  @Requirement("MS-7")
  void keepsOnWhenTheAlgorithmIsSaidLater() {
    List<IntrospectionEvidence> kept = new ArrayList<>();
    Introspection keeping = signed.keptBy(kept::add);
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    assertThat(keeping.signed(JOSE, SignatureAlgorithm.ES256).stands(token, clock.instant()))
        .isTrue();
    assertThat(kept).hasSize(1);
    assertThat(keeping.signed(JOSE).stands(token, clock.instant())).isTrue();
    assertThat(kept).hasSize(2);
  }

  @Test
  void servesNothingOfWhichThereIsNoEvidence() {
    Introspection keeping =
        signed.keptBy(
            evidence -> {
              throw new TokenStatusUnavailableException("introspection: the disk is full");
            });
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY));
    isUnable(keeping, token);
  }

  @Test
  void thereIsNothingToKeepOfAnswersThatAreNotSigned() {
    EvidenceKeeper none = EvidenceKeeper.none();
    assertThatIllegalStateException().isThrownBy(() -> introspection.keptBy(none));
  }
}
