package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void survivesBeingWrittenAndRead(SignatureAlgorithm algorithm) throws InvalidJwkException {
    SigningKey key = SampleKeys.of(algorithm);

    assertThat(SigningKey.fromPrivateJwk(key.toPrivateJwk()).toPrivateJwk())
        .isEqualTo(key.toPrivateJwk());
  }

  @Test
  void takesItsKidOrElseItsThumbprint() throws InvalidJwkException {
    JsonObject jwk = Keys.json(Keys.TEST_KEY_ED25519);

    assertThat(SigningKey.fromPrivateJwk(Keys.with(jwk, "kid", "k1")).kid()).isEqualTo("k1");
    assertThat(SigningKey.fromPrivateJwk(jwk).kid())
        .isEqualTo("poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U");
  }

  @Test
  @Requirement({"SP-6.8-2"})
  void publishesItsPublicHalfForSignaturesOnly() throws InvalidJwkException {
    SigningKey key = SigningKey.fromPrivateJwk(Keys.json(Keys.TEST_KEY_ECC_P256));

    assertThat(key.publicJwk().toJson().names())
        .containsExactly("crv", "kty", "x", "y", "use", "alg", "kid");
    assertThat(key.publicJwk().use()).contains("sig");
    assertThat(key.publicJwk().toJson().toJson()).doesNotContain("UpuF81l");
  }

  @Test
  void showsNothingButItsKid() throws InvalidJwkException {
    SigningKey key = SigningKey.fromPrivateJwk(Keys.json(Keys.RFC_8037_A1));

    assertThat(key).hasToString("SigningKey[kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k]");
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesHalvesThatDoNotBelongTogether() throws Exception {
    JsonObject one = Keys.json(Keys.TEST_KEY_ED25519);
    JsonObject other = Keys.json(Keys.RFC_8037_A1);
    JsonObject mixed = Keys.with(one, "d", other.string("d").orElseThrow());

    assertThatThrownBy(() -> SigningKey.fromPrivateJwk(mixed))
        .isInstanceOf(InvalidJwkException.class)
        .hasMessageEndingWith("JWK halves do not belong together");
    assertThatThrownBy(
            () ->
                SigningKey.fromPrivateJwk(
                    Keys.with(
                        Keys.json(Keys.TEST_KEY_ECC_P256),
                        "d",
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")))
        .isInstanceOf(InvalidJwkException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AA", "=", "not base64url"})
  void refusesAMalformedPrivateHalf(String d) {
    for (String jwk : new String[] {Keys.TEST_KEY_ED25519, Keys.TEST_KEY_ECC_P256}) {
      assertThatThrownBy(() -> SigningKey.fromPrivateJwk(Keys.with(Keys.json(jwk), "d", d)))
          .isInstanceOf(InvalidJwkException.class);
    }
  }

  @Test
  void refusesAScalarOutOfRange() {
    JsonObject jwk = Keys.json(Keys.TEST_KEY_ECC_P256);
    String zero = Base64Url.encode(new byte[32]);
    String order = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE";

    for (String d : new String[] {zero, order}) {
      assertThatThrownBy(() -> SigningKey.fromPrivateJwk(Keys.with(jwk, "d", d)))
          .isInstanceOf(InvalidJwkException.class)
          .hasMessageEndingWith("JWK member d is out of range");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi"})
  void refusesAnRsaKeyWithoutAllItsNumbers(String member) {
    JsonObject jwk = SampleKeys.of(SignatureAlgorithm.PS256).toPrivateJwk();

    assertThatThrownBy(() -> SigningKey.fromPrivateJwk(Keys.without(jwk, member)))
        .isInstanceOf(InvalidJwkException.class);
    assertThatThrownBy(() -> SigningKey.fromPrivateJwk(Keys.with(jwk, member, "Aw")))
        .isInstanceOf(InvalidJwkException.class);
  }

  @Test
  void refusesAPublicKeyAndMoreThanTwoPrimes() {
    assertThatThrownBy(
            () -> SigningKey.fromPrivateJwk(Keys.without(Keys.json(Keys.RFC_8037_A1), "d")))
        .isInstanceOf(InvalidJwkException.class);
    assertThatThrownBy(
            () ->
                SigningKey.fromPrivateJwk(
                    Keys.with(SampleKeys.of(SignatureAlgorithm.PS256).toPrivateJwk(), "oth", "AA")))
        .isInstanceOf(InvalidJwkException.class);
  }
}
