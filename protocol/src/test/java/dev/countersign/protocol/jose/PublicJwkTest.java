package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicJwkTest {

  private static final JsonObject P256 = Keys.without(Keys.json(Keys.TEST_KEY_ECC_P256), "d");
  private static final JsonObject ED25519 = Keys.without(Keys.json(Keys.TEST_KEY_ED25519), "d");
  private static final JsonObject RSA = Keys.without(Keys.json(Keys.RFC_7638_RSA), "alg");

  @Test
  @Requirement({"SP-5.4.1-1.2"})
  void takesTheAlgorithmFromTheKeyType() throws InvalidJwkException {
    assertThat(PublicJwk.parse(P256).algorithm()).isEqualTo(SignatureAlgorithm.ES256);
    assertThat(PublicJwk.parse(ED25519).algorithm()).isEqualTo(SignatureAlgorithm.EDDSA);
    assertThat(PublicJwk.parse(RSA).algorithm()).isEqualTo(SignatureAlgorithm.PS256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
  @Requirement({"DP-2"})
  void refusesAnyPrivateMember(String member) {
    for (JsonObject jwk : List.of(P256, ED25519, RSA)) {
      assertRefused(Keys.with(jwk, member, "AA"), "DP-2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EC, P-384",
    "EC, P-521",
    "EC, secp256k1",
    "EC, p-256",
    "EC, Ed25519",
    "OKP, Ed448",
    "OKP, X25519",
    "OKP, P-256",
    "oct, ''",
    "ec, P-256",
    "'', P-256",
  })
  @Requirement({"SP-5.4.1-1.2"})
  void refusesOtherKeyTypesAndCurves(String kty, String crv) {
    assertRefused(Keys.with(Keys.with(P256, "kty", kty), "crv", crv), "SP-5.4.1-1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS512", "ES384", "PS256", "EdDSA", "none", "HS256", ""})
  @Requirement({"SP-5.4.1-1.2"})
  void refusesAnAlgThatContradictsTheKey(String alg) throws InvalidJwkException {
    assertThat(PublicJwk.parse(Keys.with(P256, "alg", "ES256")).algorithm())
        .isEqualTo(SignatureAlgorithm.ES256);
    assertRefused(Keys.with(P256, "alg", alg), "SP-5.4.1-1.2");
  }

  @Test
  @Requirement({"SP-5.4.1-1.2"})
  void refusesAnRsaKeyForPkcs1() {
    assertRefused(Keys.json(Keys.RFC_7638_RSA), "SP-5.4.1-1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EdDSA", "Ed25519"})
  @Requirement({"SP-5.4.1-1.2"})
  void acceptsBothNamesOfEd25519(String alg) throws InvalidJwkException {
    assertThat(PublicJwk.parse(Keys.with(ED25519, "alg", alg)).algorithm())
        .isEqualTo(SignatureAlgorithm.EDDSA);
  }

  @Test
  @Requirement({"SP-6.8-2"})
  void refusesAKeyForAnotherPurpose() throws InvalidJwkException {
    assertThat(PublicJwk.parse(Keys.with(P256, "use", "sig")).use()).contains("sig");
    assertThat(PublicJwk.parse(Keys.with(P256, "key_ops", List.of("verify"))).use()).isEmpty();
    assertRefused(Keys.with(P256, "use", "enc"), "SP-6.8-2");
    assertRefused(Keys.with(P256, "use", "SIG"), "SP-6.8-2");
    assertRefused(Keys.with(P256, "key_ops", List.of("deriveKey")), "SP-6.8-2");
  }

  @ParameterizedTest
  @CsvSource({"2048, true", "2047, false", "1024, false", "8192, true", "8193, false"})
  @Requirement({"SP-5.4.1-2"})
  void acceptsRsaFrom2048To8192Bits(int bits, boolean accepted) throws InvalidJwkException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    JsonObject jwk = Keys.with(RSA, "n", Base64Url.encode(Unsigned.minimal(modulus)));

    if (accepted) {
      assertThat(PublicJwk.parse(jwk).algorithm()).isEqualTo(SignatureAlgorithm.PS256);
    } else {
      assertRefused(jwk, "SP-5.4.1-2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, true",
    "65537, true",
    "4294967295, true",
    "0, false",
    "1, false",
    "2, false",
    "65536, false",
    "4294967297, false"
  })
  @Requirement({"SP-5.4.1-1.1"})
  void acceptsOddRsaExponentsFrom3(long exponent, boolean accepted) throws InvalidJwkException {
    byte[] bytes = Unsigned.minimal(BigInteger.valueOf(exponent));
    JsonObject jwk = Keys.with(RSA, "e", Base64Url.encode(bytes));

    if (accepted) {
      assertThat(PublicJwk.parse(jwk).algorithm()).isEqualTo(SignatureAlgorithm.PS256);
    } else {
      assertRefused(jwk, "SP-5.4.1-1.1");
    }
  }

  @Test
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAnotherSpellingOfTheSameNumber() throws Exception {
    byte[] modulus = Base64Url.decode(RSA.string("n").orElseThrow());
    byte[] padded = new byte[modulus.length + 1];
    System.arraycopy(modulus, 0, padded, 1, modulus.length);

    assertRefused(Keys.with(RSA, "n", Base64Url.encode(padded)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(RSA, "e", "AAEAAQ"), "SP-5.4.1-1.1");
    assertRefused(Keys.with(RSA, "e", "AQAB="), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "x", P256.string("x").orElseThrow() + "="), "SP-5.4.1-1.1");
    assertRefused(
        Keys.with(ED25519, "x", "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bt"), "SP-5.4.1-1.1");
  }

  @Test
  @Requirement({"SP-5.4.1-3", "SP-5.4.1-1.1"})
  void refusesAPointThatIsNotOnP256() throws Exception {
    byte[] y = Base64Url.decode(P256.string("y").orElseThrow());
    y[31] ^= 1;
    BigInteger prime =
        new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    assertRefused(Keys.with(P256, "y", Base64Url.encode(y)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "x", zeros(32)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(Keys.with(P256, "x", zeros(32)), "y", zeros(32)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "x", zeros(31)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "x", zeros(33)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "x", zeros(0)), "SP-5.4.1-1.1");
    assertRefused(Keys.without(P256, "y"), "SP-5.4.1-1.1");
    assertRefused(
        Keys.with(P256, "x", Base64Url.encode(Unsigned.fixed(prime, 32))), "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      })
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAnEd25519PointOfSmallOrder(String point) {
    String x = Base64Url.encode(HexFormat.of().parseHex(point));

    assertRefused(Keys.with(ED25519, "x", x), "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "00",
        "",
        "262e40cb8f93fff3d897112f7ebc582b232dbd72517d082fe83cfb30ddce43d1bb",
      })
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAnEd25519PointThatIsNotCanonical(String point) {
    String x = Base64Url.encode(HexFormat.of().parseHex(point));

    assertRefused(Keys.with(ED25519, "x", x), "SP-5.4.1-1.1");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  @Requirement({"SP-5.4.1-1.1"})
  void verifiesNothingWithABytePatternThatIsNoPoint(Backend backend) throws Exception {
    // y = 2 has no x on the curve.
    byte[] two = new byte[32];
    two[0] = 2;
    PublicJwk key = PublicJwk.parse(Keys.with(ED25519, "x", Base64Url.encode(two)));
    CompactJws jws = CompactJws.parse(Forgery.unsigned("{\"alg\":\"EdDSA\"}", "{}"));

    assertThatThrownBy(() -> backend.jose().verify(jws, key))
        .isInstanceOf(InvalidJwtException.class);
  }

  @Test
  void publishesWhatItIsAndNothingElse() throws InvalidJwkException {
    JsonObject jwk = Keys.with(Keys.with(P256, "kid", "k1"), "x5t", "whatever");

    assertThat(PublicJwk.parse(jwk).toJson().names())
        .containsExactly("crv", "kty", "x", "y", "kid");
    assertThat(PublicJwk.parse(jwk).requiredMembers().names())
        .containsExactly("crv", "kty", "x", "y");
    assertThat(PublicJwk.parse(PublicJwk.parse(jwk).toJson())).isEqualTo(PublicJwk.parse(jwk));
  }

  @Test
  void refusesALongKidAndMembersOfAnotherType() throws InvalidJwkException {
    assertThat(PublicJwk.parse(Keys.with(P256, "kid", "k".repeat(256))).kid()).isPresent();
    assertRefused(Keys.with(P256, "kid", "k".repeat(257)), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "kid", 1), "SP-5.4.1-1.1");
    assertRefused(Keys.with(P256, "x", 1), "SP-5.4.1-1.1");
  }

  private static String zeros(int bytes) {
    return Base64Url.encode(new byte[bytes]);
  }

  private static void assertRefused(JsonObject jwk, String rule) {
    assertThatThrownBy(() -> PublicJwk.parse(jwk))
        .isInstanceOfSatisfying(
            InvalidJwkException.class,
            refused -> assertThat(refused.rule().value()).isEqualTo(rule));
  }
}
