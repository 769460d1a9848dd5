package dev.countersign.protocol.jarm;

import static dev.countersign.protocol.fixture.Jwts.ED25519_KEY;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResponseJwtTest {

  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ClientId CLIENT = new ClientId("client1");
  private static final Instant NOW = Instant.ofEpochSecond(1750000000, 999);
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  @Test
  @Requirement({"JARM-1", "JARM-9", "MS-5.4.1-N", "SP-5.3.2.2-7", "A1-23"})
  void saysAllOfASuccessInItsClaims() throws Exception {
    CompactJws jwt =
        CompactJws.parse(
            create(
                KEY,
                new AuthorizationResponse.Success(
                    new AuthorizationCode("c1"), Optional.of(new State("a b&c=d")), ISSUER)));

    assertThat(jwt.header())
        .isEqualTo(JsonObject.builder().put("alg", "ES256").put("kid", KEY.kid()).build());
    assertThat(jwt.unverifiedClaims())
        .isEqualTo(claims().put("code", "c1").put("state", "a b&c=d").build());
    assertThat(JOSE.verify(jwt, KEY.publicJwk()).claims()).isEqualTo(jwt.unverifiedClaims());
  }

  @Test
  @Requirement({"JARM-1", "MS-5.4.1-N", "SP-5.3.2.2-7", "A1-23"})
  void saysAllOfAFailureInItsClaims() throws Exception {
    CompactJws jwt =
        CompactJws.parse(
            create(
                ED25519_KEY,
                new AuthorizationResponse.Failure(
                    OAuthError.ACCESS_DENIED, "No", Optional.empty(), ISSUER)));

    assertThat(jwt.header())
        .isEqualTo(JsonObject.builder().put("alg", "EdDSA").put("kid", ED25519_KEY.kid()).build());
    assertThat(jwt.unverifiedClaims())
        .isEqualTo(claims().put("error", "access_denied").put("error_description", "No").build());
  }

  @Test
  @Requirement({"JARM-2", "S-06"})
  void travelsAsOneParameter() {
    assertThat(ResponseJwt.parameters("a.b.c"))
        .isEqualTo(Form.builder().add("response", "a.b.c").build());
  }

  @Test
  @Requirement({"JARM-1"})
  void livesOneSecondToTenMinutes() throws Exception {
    for (Duration good : List.of(Duration.ofSeconds(1), Duration.ofMinutes(10))) {
      String jwt = ResponseJwt.create(JOSE, KEY, denied("No"), CLIENT, NOW, good);
      assertThat(CompactJws.parse(jwt).unverifiedClaims().integer("exp"))
          .contains(1750000000 + good.toSeconds());
    }
    for (Duration bad :
        List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofMinutes(10).plusNanos(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ResponseJwt.create(JOSE, KEY, denied("No"), CLIENT, NOW, bad));
    }
  }

  /** Whatever a response says, its client reads the very same. */
  @Test
  @Requirement({"JARM-1", "JARM-6"})
  void isReadAsItWasCreated() {
    ResponseVerifier verifier = new ResponseVerifier(JOSE, ISSUER, CLIENT);
    JwkSet keys = JwkSet.of(List.of(KEY.publicJwk()));
    List<OAuthError> errors = List.of(OAuthError.values());
    Random random = new Random(64);
    for (int i = 0; i < 500; i++) {
      Optional<State> state =
          random.nextInt(4) == 0 ? Optional.empty() : Optional.of(new State(text(random, 512)));
      AuthorizationResponse response =
          random.nextBoolean()
              ? new AuthorizationResponse.Success(
                  AuthorizationCode.random(Jwts.RANDOM), state, ISSUER)
              : new AuthorizationResponse.Failure(
                  errors.get(random.nextInt(errors.size())),
                  text(random, 100).replaceAll("[\"\\\\]", "x"),
                  state,
                  ISSUER);

      assertThat(verifier.open(create(KEY, response), NOW).verify(keys)).isEqualTo(response);
    }
  }

  /** A state may be as long as clients ever send one, and each of its characters escaped. */
  @Test
  @Requirement({"JARM-6", "SP-5.3.2.2-N4"})
  void bringsBackTheLongestState() {
    AuthorizationResponse response =
        new AuthorizationResponse.Failure(
            OAuthError.ACCESS_DENIED, "No", Optional.of(new State("\"".repeat(8192))), ISSUER);

    assertThat(
            new ResponseVerifier(JOSE, ISSUER, CLIENT)
                .open(create(KEY, response), NOW)
                .verify(JwkSet.of(List.of(KEY.publicJwk()))))
        .isEqualTo(response);
  }

  /** What each response says of itself. */
  private static JsonObject.Builder claims() {
    return JsonObject.builder()
        .put("iss", "https://as.example.com")
        .put("aud", "client1")
        .put("exp", 1750000300);
  }

  private static AuthorizationResponse denied(String description) {
    return new AuthorizationResponse.Failure(
        OAuthError.ACCESS_DENIED, description, Optional.empty(), ISSUER);
  }

  private static String create(SigningKey key, AuthorizationResponse response) {
    return ResponseJwt.create(JOSE, key, response, CLIENT, NOW, LIFETIME);
  }

  private static String text(Random random, int longest) {
    return random
        .ints(1 + random.nextInt(longest), 0x20, 0x7F)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
