package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.ED25519_KEY;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.json;
import static dev.countersign.protocol.fixture.Jwts.members;
import static dev.countersign.protocol.jar.RequestObjects.CLIENT;
import static dev.countersign.protocol.jar.RequestObjects.ISSUER;
import static dev.countersign.protocol.jar.RequestObjects.KEYS;
import static dev.countersign.protocol.jar.RequestObjects.NOW;
import static dev.countersign.protocol.jar.RequestObjects.claims;
import static dev.countersign.protocol.jar.RequestObjects.refuses;
import static dev.countersign.protocol.jar.RequestObjects.signed;
import static dev.countersign.protocol.jar.RequestObjects.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether an object is a JWT that the client signed, as the server wants it. */
class RequestObjectTest {

  private static String withHeader(Map<String, ?> header) {
    return Jwts.signed(header, claims(), KEY);
  }

  private static Refusal.OAuth refusesBy(JwkSet keys, String object, String rule) {
    return Refusals.of(
        () -> RequestObject.read(object).verify(JOSE, keys, Optional.empty(), CLIENT, ISSUER, NOW),
        OAuthError.INVALID_REQUEST_OBJECT,
        rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oauth-authz-req+jwt",
        "application/oauth-authz-req+jwt",
        "OAuth-Authz-Req+JWT",
        "JWT",
        "jwt"
      })
  @Requirement({"MS-5.3.1-5", "JAR-7"})
  void takesTheTypesOfAnObject(String type) {
    assertThat(verify(withHeader(members("typ", type))).jti()).isEmpty();
    assertThat(verify(withHeader(Map.of())).jti()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client-authentication+jwt",
        "dpop+jwt",
        "at+jwt",
        "token-introspection+jwt",
        "logout+jwt",
        "jose",
        ""
      })
  @Requirement({"MS-5.3.1-5", "JAR-7", "J-13"})
  void refusesTheTypesOfOtherJwts(String type) {
    refuses(withHeader(members("typ", type)), "MS-5.3.1-5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "RS256", "HS256", "ES384", "ES256K"})
  @Requirement({"MS-5.3.1-1", "SP-5.4.1-1.2", "SP-5.4.1-1.3", "JAR-8"})
  void refusesOtherAlgorithms(String alg) {
    String header = "{\"alg\":\"" + alg + "\"}";
    boolean none = alg.equalsIgnoreCase("none");
    refuses(
        Jwts.raw(header, json(claims()).toJson(), new byte[none ? 0 : 64]),
        none ? "SP-5.4.1-1.3" : "SP-5.4.1-1.2");
  }

  @Test
  @Requirement({"JAR-9", "MS-5.3.1-1"})
  void takesTheRegisteredAlgorithmAlone() {
    RequestObject object = RequestObject.read(signed(claims()));
    Optional<SignatureAlgorithm> registered = Optional.of(SignatureAlgorithm.ES256);
    assertThat(object.verify(JOSE, KEYS, registered, CLIENT, ISSUER, NOW).jti()).isEmpty();
    Refusal.OAuth refusal =
        Refusals.of(
            () ->
                object.verify(
                    JOSE, KEYS, Optional.of(SignatureAlgorithm.PS256), CLIENT, ISSUER, NOW),
            OAuthError.INVALID_REQUEST_OBJECT,
            "JAR-9");
    assertThat(refusal.detail())
        .contains("request object: alg is ES256, expected PS256 as registered");
  }

  @Test
  @Requirement({"JAR-9", "SP-5.4.1-1.1", "ATT-60", "S-04"})
  void refusesAnotherSignature() {
    refuses(Jwts.withBrokenSignature(signed(claims())), "SP-5.4.1-1.1");
    String[] other = signed(claims("state", "changed")).split("\\.", -1);
    String[] mine = signed(claims()).split("\\.", -1);
    refuses(mine[0] + "." + other[1] + "." + mine[2], "SP-5.4.1-1.1");
    refuses(other[0] + "." + other[1] + "." + mine[2], "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"JAR-9", "SP-5.4.3-1", "ATT-60", "S-04"})
  void refusesTheKeyOfAnother() {
    Refusal.OAuth refusal = refuses(Jwts.signed(Map.of(), claims(), OTHER_KEY), "SP-5.4.3-1");
    assertThat(refusal.detail().orElseThrow()).contains(OTHER_KEY.kid());
    // The key of the client under its own name, and the key of another under the same name.
    refuses(
        Jwts.withHeader(
            Jwts.signed(Map.of(), claims(), OTHER_KEY),
            "{\"alg\":\"ES256\",\"kid\":\"" + KEY.kid() + "\"}"),
        "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"JAR-9", "SP-5.4.3-1"})
  void takesTheKeyOfTheKidAndNoOtherOfTheClient() throws Exception {
    JwkSet both = JwkSet.of(List.of(named(KEY, "one"), named(OTHER_KEY, KEY.kid())));
    refusesBy(both, signed(claims()), "SP-5.4.1-1.1");
    JwkSet neither = JwkSet.of(List.of(named(KEY, "one"), named(OTHER_KEY, "two")));
    refusesBy(neither, signed(claims()), "SP-5.4.3-1");
  }

  @Test
  @Requirement({"JAR-9", "SP-5.4.3-1"})
  void triesEachKeyOfTheClientWithoutAKid() throws Exception {
    RawSigner raw = new RawSigner();
    String object = raw.sign("{\"alg\":\"EdDSA\"}", json(claims()).toJson());
    JwkSet keys =
        JwkSet.of(List.of(KEY.publicJwk(), ED25519_KEY.publicJwk(), raw.jwks().keys().getFirst()));
    assertThat(verifyBy(keys, object).exp()).isEqualTo(NOW.plusSeconds(60));
    refusesBy(KEYS, object, "SP-5.4.3-1");
    refusesBy(JwkSet.of(List.of(ED25519_KEY.publicJwk())), object, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"JAR-9", "SP-5.4.1-1.2"})
  void refusesAKeyOfAnotherAlgorithmWithTheSameKid() throws Exception {
    JwkSet keys = JwkSet.of(List.of(named(ED25519_KEY, KEY.kid())));
    refusesBy(keys, signed(claims()), "SP-5.4.3-1");
  }

  private static PublicJwk named(SigningKey key, String kid) throws Exception {
    return PublicJwk.parse(
        JsonObject.parse(key.publicJwk().toJson().toJson().replace(key.kid(), kid)));
  }

  private static VerifiedRequestObject verifyBy(JwkSet keys, String object) {
    return RequestObject.read(object).verify(JOSE, keys, Optional.empty(), CLIENT, ISSUER, NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alg\":\"EdDSA\",\"crit\":[\"exp\"],\"exp\":1} | SP-5.4.1-1.1",
        "{\"alg\":\"EdDSA\",\"b64\":false} | SP-5.4.1-1.1",
        "{\"alg\":\"EdDSA\",\"zip\":\"DEF\"} | SP-5.4.1-1.1",
        "{\"alg\":\"EdDSA\",\"jku\":\"https://keys.example\"} | SP-5.4.2-2",
        "{\"alg\":\"EdDSA\",\"x5u\":\"https://keys.example\"} | SP-5.4.2-2",
        "{\"alg\":\"EdDSA\",\"kid\":1} | SP-5.4.1-1.1",
        "{\"alg\":\"EdDSA\",\"typ\":[]} | SP-5.4.1-1.1",
        "{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\"} | SP-5.4.1-1.1",
        "{\"kid\":\"raw\"} | SP-5.4.1-1.1",
        "[] | SP-5.4.1-1.1"
      })
  @Requirement({"MS-5.3.1-1", "SP-5.4.2-2"})
  void refusesHeadersThatPlayTricks(String header, String rule) throws Exception {
    RawSigner raw = new RawSigner();
    refusesBy(raw.jwks(), raw.sign(header, json(claims()).toJson()), rule);
  }

  @Test
  @Requirement({"JAR-9", "SP-5.4.2-2"})
  void neverTakesTheKeyThatAHeaderBrings() {
    Map<String, Object> jwk = members("jwk", OTHER_KEY.publicJwk().requiredMembers());
    refuses(Jwts.signed(jwk, claims(), OTHER_KEY), "SP-5.4.1-1.1");
    assertThat(verify(Jwts.signed(jwk, claims(), KEY)).jti()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"client_id\":\"client1\",\"client_id\":\"client2\"}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1}{}",
        "[{}]",
        "\"text\"",
        "{\"a\":\"\\ud800\"}",
        "{a:1}",
        ""
      })
  @Requirement({"MS-5.3.1-1", "JAR-1"})
  void refusesAPayloadThatIsNoStrictJson(String payload) throws Exception {
    RawSigner raw = new RawSigner();
    refusesBy(raw.jwks(), raw.sign("{\"alg\":\"EdDSA\"}", payload), "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"MS-5.3.1-1", "JAR-1"})
  void refusesAPayloadThatIsNoUtf8OrTooDeep() throws Exception {
    RawSigner raw = new RawSigner();
    byte[] latin = "{\"state\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    refusesBy(raw.jwks(), raw.sign("{\"alg\":\"EdDSA\"}", latin), "SP-5.4.1-1.1");
    String deep = "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}";
    refusesBy(raw.jwks(), raw.sign("{\"alg\":\"EdDSA\"}", deep), "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"JAR-10", "JAR-6"})
  void refusesAnEncryptedObject() {
    String jwe = Jwts.raw("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}", "key", new byte[12]);
    Refusal.OAuth refusal = refuses(jwe + ".Y2lwaGVy.dGFn", "JAR-10");
    assertThat(refusal.description()).isEqualTo("an encrypted request object is not supported");
    refuses("....", "JAR-10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b", "..", "...", "e30.e30.e30", "a.b.c.d.e.f", "{}"})
  @Requirement({"JAR-1", "MS-5.3.1-1"})
  void refusesWhatIsNoJwt(String object) {
    refuses(object, "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"MS-5.3.1-1"})
  void takes48KibibytesAndNotACharacterMore() throws Exception {
    RawSigner raw = new RawSigner();
    String base = json(claims()).toJson();
    // 49152 characters: the header's 20, two dots, the signature's 86.
    int payload = (48 * 1024 - 20 - 2 - 86) * 3 / 4;
    String pad = " ".repeat(payload - base.length());
    String longest = raw.sign("{\"alg\":\"EdDSA\"}", base + pad);
    assertThat(longest).hasSizeBetween(48 * 1024 - 3, 48 * 1024);
    assertThat(verifyBy(raw.jwks(), longest).exp()).isEqualTo(NOW.plusSeconds(60));
    String longer = raw.sign("{\"alg\":\"EdDSA\"}", base + pad + "    ");
    refusesBy(raw.jwks(), longer, "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  @Requirement({"JAR-9", "SP-5.4.1-1.2"})
  void tellsAlgorithmAndKidForTheLookUp(SignatureAlgorithm algorithm) {
    SigningKey key = SampleKeys.of(algorithm);
    RequestObject object = RequestObject.read(Jwts.signed(Map.of(), claims(), key));
    assertThat(object.algorithm()).isEqualTo(algorithm);
    assertThat(object.kid()).contains(key.kid());
  }
}
