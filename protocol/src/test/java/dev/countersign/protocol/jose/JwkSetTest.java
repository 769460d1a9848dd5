package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {

  private static final JsonObject P256 =
      Keys.with(Keys.without(Keys.json(Keys.TEST_KEY_ECC_P256), "d"), "kid", "a");
  private static final JsonObject ED25519 =
      Keys.with(Keys.without(Keys.json(Keys.TEST_KEY_ED25519), "d"), "kid", "a");
  private static final JsonObject OTHER_ED25519 =
      Keys.with(Keys.without(Keys.json(Keys.RFC_8037_A1), "d"), "kid", "b");

  @Test
  @Requirement({"SP-5.4.3-1"})
  void tellsKeysOfOneKidApartByTheirAlgorithm() throws InvalidJwkException {
    JwkSet keys = JwkSet.parse(set(P256, ED25519, OTHER_ED25519));

    assertThat(keys.select(SignatureAlgorithm.ES256, Optional.of("a")))
        .containsExactly(PublicJwk.parse(P256));
    assertThat(keys.select(SignatureAlgorithm.EDDSA, Optional.of("a")))
        .containsExactly(PublicJwk.parse(ED25519));
    assertThat(keys.select(SignatureAlgorithm.PS256, Optional.of("a"))).isEmpty();
    assertThat(keys.select(SignatureAlgorithm.EDDSA, Optional.of("c"))).isEmpty();
  }

  @Test
  @Requirement({"SP-5.4.3-1"})
  void givesEveryKeyOfTheAlgorithmWithoutKid() throws InvalidJwkException {
    JwkSet keys = JwkSet.parse(set(P256, ED25519, OTHER_ED25519));

    assertThat(keys.select(SignatureAlgorithm.EDDSA, Optional.empty())).hasSize(2);
  }

  @Test
  @Requirement({"SP-5.4.3-1", "SP-5.4.1-1.2", "SP-5.4.1-2"})
  void skipsKeysThatAreOfNoUseToUs() throws InvalidJwkException {
    JsonObject unknownType = JsonObject.builder().put("kty", "AKP").put("pub", "AA").build();
    JsonObject noType = JsonObject.builder().put("kid", "a").build();
    JsonObject forEncryption = Keys.with(P256, "use", "enc");
    JsonObject pkcs1 = Keys.json(Keys.RFC_7638_RSA);
    JsonObject shortRsa = Keys.with(Keys.without(pkcs1, "alg"), "n", "0vx7agoebGcQSuuPiLJXZptN");
    JsonObject offCurve = Keys.with(P256, "y", P256_X);

    JwkSet keys =
        JwkSet.parse(set(unknownType, noType, forEncryption, pkcs1, shortRsa, offCurve, ED25519));

    assertThat(keys.keys()).containsExactly(PublicJwk.parse(ED25519));
  }

  private static final String P256_X = "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA";

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesTheWholeSetForOnePrivateKey() {
    assertThatThrownBy(() -> JwkSet.parse(set(P256, Keys.json(Keys.TEST_KEY_ED25519))))
        .isInstanceOf(InvalidJwkException.class)
        .hasMessage("SP-5.4.1-1.1: JWK set has a private key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[\"a\"]}"})
  void refusesWhatIsNoSet(String text) {
    assertThatThrownBy(() -> JwkSet.parse(Keys.json(text))).isInstanceOf(InvalidJwkException.class);
  }

  @Test
  void refusesMoreThan32Keys() throws InvalidJwkException {
    JsonObject most = JsonObject.builder().put("keys", Collections.nCopies(32, P256)).build();
    JsonObject more = JsonObject.builder().put("keys", Collections.nCopies(33, P256)).build();

    assertThat(JwkSet.parse(most).keys()).hasSize(32);
    assertThatThrownBy(() -> JwkSet.parse(more)).isInstanceOf(InvalidJwkException.class);
  }

  @Test
  @Requirement({"SP-5.4.2-0"})
  void servesWhatItReads() throws InvalidJwkException {
    SigningKey key = SampleKeys.of(SignatureAlgorithm.ES256);
    JwkSet served = JwkSet.of(List.of(key.publicJwk()));

    assertThat(served.toJson().toJson())
        .contains("\"use\":\"sig\"", "\"alg\":\"ES256\"", "\"kid\":\"" + key.kid() + "\"")
        .doesNotContain("\"d\"");
    assertThat(JwkSet.parse(served.toJson()).keys()).containsExactly(key.publicJwk());
  }

  @Test
  void isEqualToASetOfTheSameKeys() throws InvalidJwkException {
    assertThat(JwkSet.parse(set(P256, ED25519)))
        .isEqualTo(JwkSet.parse(set(P256, ED25519)))
        .hasSameHashCodeAs(JwkSet.parse(set(P256, ED25519)))
        .isNotEqualTo(JwkSet.parse(set(ED25519, P256)))
        .isNotEqualTo(JwkSet.parse(set(P256, Keys.with(ED25519, "kid", "c"))));
  }

  private static JsonObject set(JsonObject... keys) {
    return JsonObject.builder().put("keys", List.of(keys)).build();
  }
}
