package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JoseTest {

  private static final JsonObject TYPE = JsonObject.builder().put("typ", "at+jwt").build();
  private static final JsonObject CLAIMS = JsonObject.builder().put("iss", "client1").build();

  static Stream<Arguments> backendsAndAlgorithms() {
    return Arrays.stream(Backend.values())
        .flatMap(
            backend ->
                Arrays.stream(SignatureAlgorithm.values())
                    .map(algorithm -> Arguments.of(backend, algorithm)));
  }

  @ParameterizedTest
  @MethodSource("backendsAndAlgorithms")
  @Requirement({"SP-5.4.1-1.2"})
  void verifiesWhatItSigned(Backend backend, SignatureAlgorithm algorithm) throws Exception {
    Jose jose = backend.jose();
    SigningKey key = SampleKeys.of(algorithm);

    CompactJws jws = CompactJws.parse(jose.sign(TYPE, CLAIMS, key));
    VerifiedJws verified = jose.verify(jws, key.publicJwk());

    assertThat(verified.claims()).isEqualTo(CLAIMS);
    assertThat(verified.type()).contains("at+jwt");
    assertThat(verified.kid()).contains(key.kid());
    assertThat(verified.header().string("alg")).contains(algorithm.joseName());
    assertThat(verified).hasToString("VerifiedJws");
  }

  @ParameterizedTest
  @MethodSource("backendsAndAlgorithms")
  @Requirement({"SP-5.4.1-1.1"})
  void refusesWhatAnyByteWasChangedOf(Backend backend, SignatureAlgorithm algorithm) {
    Jose jose = backend.jose();
    SigningKey key = SampleKeys.of(algorithm);
    String[] parts = jose.sign(TYPE, CLAIMS, key).split("\\.", -1);
    byte[] signature = Base64Url.decode(parts[2]);

    for (int at : new int[] {0, signature.length / 2, signature.length - 1}) {
      byte[] changed = signature.clone();
      changed[at] ^= 1;
      assertRefused(jose, parts[0] + "." + parts[1] + "." + Base64Url.encode(changed), key);
    }
    String otherClaims = Base64Url.encode("{\"iss\":\"client2\"}".getBytes(StandardCharsets.UTF_8));
    assertRefused(jose, parts[0] + "." + otherClaims + "." + parts[2], key);
  }

  @ParameterizedTest
  @MethodSource("backendsAndAlgorithms")
  @Requirement({"SP-5.4.1-1.1"})
  void refusesTheSignatureOfAnotherKey(Backend backend, SignatureAlgorithm algorithm) {
    Jose jose = backend.jose();
    SigningKey other = SampleKeys.otherOf(algorithm);

    assertRefused(jose, jose.sign(TYPE, CLAIMS, other), SampleKeys.of(algorithm));
  }

  @ParameterizedTest
  @MethodSource("backendsAndAlgorithms")
  @Requirement({"SP-5.4.1-1.1"})
  void refusesAKeyOfAnotherAlgorithm(Backend backend, SignatureAlgorithm algorithm) {
    Jose jose = backend.jose();
    String jws = jose.sign(TYPE, CLAIMS, SampleKeys.of(algorithm));

    for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
      if (other != algorithm) {
        assertRefused(jose, jws, SampleKeys.of(other));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backendsAndAlgorithms")
  @Requirement({"SP-5.4.1-2", "SP-5.4.1-3"})
  void makesKeysThatSurviveBeingStored(Backend backend, SignatureAlgorithm algorithm)
      throws Exception {
    Jose jose = backend.jose();
    SigningKey made = jose.generate(algorithm, new SecureRandom());

    SigningKey read = SigningKey.fromPrivateJwk(made.toPrivateJwk());

    assertThat(made.kid()).isEqualTo(made.thumbprint().value());
    assertThat(read.publicJwk()).isEqualTo(made.publicJwk());
    CompactJws jws = CompactJws.parse(jose.sign(TYPE, CLAIMS, read));
    assertThat(jose.verify(jws, made.publicJwk()).claims()).isEqualTo(CLAIMS);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void signsAcrossProviders(Backend backend) throws Exception {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      SigningKey key = SampleKeys.of(algorithm);
      CompactJws jws = CompactJws.parse(backend.jose().sign(TYPE, CLAIMS, key));

      for (Backend other : Backend.values()) {
        assertThat(other.jose().verify(jws, key.publicJwk()).claims()).isEqualTo(CLAIMS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  @Requirement({"SP-5.4.3-1"})
  void triesEachKeyThatKidAndAlgLeave(Backend backend) throws Exception {
    Jose jose = backend.jose();
    SigningKey signer = SigningKey.fromPrivateJwk(withKid(Keys.TEST_KEY_ED25519));
    SigningKey sameKid = SigningKey.fromPrivateJwk(withKid(Keys.RFC_8037_A1));
    SigningKey otherType = SigningKey.fromPrivateJwk(withKid(Keys.TEST_KEY_ECC_P256));
    JwkSet keys =
        JwkSet.of(List.of(otherType.publicJwk(), sameKid.publicJwk(), signer.publicJwk()));
    CompactJws jws = CompactJws.parse(jose.sign(TYPE, CLAIMS, signer));

    assertThat(jose.verify(jws, keys).claims()).isEqualTo(CLAIMS);
    assertThatThrownBy(
            () -> jose.verify(jws, JwkSet.of(List.of(otherType.publicJwk(), sameKid.publicJwk()))))
        .isInstanceOf(InvalidJwtException.class)
        .hasMessage("SP-5.4.1-1.1: JWS signature is wrong");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  @Requirement({"SP-5.4.3-1"})
  void refusesAKidThatNoKeyHas(Backend backend) throws Exception {
    Jose jose = backend.jose();
    SigningKey signer = SampleKeys.of(SignatureAlgorithm.EDDSA);
    SigningKey renamed =
        SigningKey.fromPrivateJwk(Keys.with(signer.toPrivateJwk(), "kid", "another"));
    CompactJws jws = CompactJws.parse(jose.sign(TYPE, CLAIMS, renamed));

    assertThatThrownBy(() -> jose.verify(jws, JwkSet.of(List.of(signer.publicJwk()))))
        .isInstanceOf(InvalidJwtException.class)
        .hasMessage("SP-5.4.3-1: JWS kid is another, expected that of a known EdDSA key");
  }

  @Test
  @Requirement({"DP-2"})
  void leavesKidOutWhereTheHeaderHoldsTheKey() throws Exception {
    SigningKey key = SampleKeys.of(SignatureAlgorithm.ES256);
    JsonObject header =
        JsonObject.builder()
            .put("typ", "dpop+jwt")
            .put("jwk", key.publicJwk().requiredMembers())
            .build();

    CompactJws jws = CompactJws.parse(Jose.jdk().sign(header, CLAIMS, key));

    assertThat(jws.header().names()).containsExactly("alg", "typ", "jwk");
    assertThat(jws.header().object("jwk").orElseThrow().names())
        .containsExactly("crv", "kty", "x", "y");
  }

  @Test
  void refusesAPayloadThatIsNoObject() {
    SigningKey key = SampleKeys.of(SignatureAlgorithm.EDDSA);
    String jws = Forgery.sign("{\"alg\":\"EdDSA\"}", "{\"sub\":\"a\",\"sub\":\"b\"}", key);

    assertThatThrownBy(() -> Jose.jdk().verify(CompactJws.parse(jws), key.publicJwk()))
        .isInstanceOf(InvalidJwtException.class)
        .hasMessage("SP-5.4.1-1.1: JWS payload: JSON names a member twice");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void macsAsRfc4231TestCase2Says(Backend backend) {
    // Case 2 has a key of four bytes; HMAC fills keys up with zeros, so this one is the same.
    byte[] key = Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), 32);
    byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

    assertThat(HexFormat.of().formatHex(backend.jose().hmacSha256(key).doFinal(data)))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  @Requirement({"SP-5.4.1-4"})
  void refusesAShortMacKey() {
    assertThatThrownBy(() -> Jose.jdk().hmacSha256(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverInstallsAProvider() {
    Provider[] before = Security.getProviders();

    Backend.ACCP.jose().sign(TYPE, CLAIMS, SampleKeys.of(SignatureAlgorithm.ES256));

    assertThat(Security.getProviders()).containsExactly(before);
  }

  @Test
  void saysWhichProviderItHas() {
    assertThat(Jose.jdk().providerName()).isEqualTo("JDK");
    assertThat(Backend.ACCP.jose().providerName()).startsWith("AmazonCorrettoCryptoProvider ");
  }

  @Test
  void takesFromTheJdkWhatAProviderLacks() throws Exception {
    Provider empty =
        new Provider("Empty", "1", "has nothing") {
          private static final long serialVersionUID = 1L;
        };
    Jose jose = Jose.with(empty);

    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      SigningKey key = SampleKeys.of(algorithm);
      CompactJws jws = CompactJws.parse(jose.sign(TYPE, CLAIMS, key));
      assertThat(jose.verify(jws, key.publicJwk()).claims()).isEqualTo(CLAIMS);
    }
  }

  private static JsonObject withKid(String jwk) {
    return Keys.with(Keys.json(jwk), "kid", "k1");
  }

  private static void assertRefused(Jose jose, String jws, SigningKey key) {
    assertThatThrownBy(() -> jose.verify(CompactJws.parse(jws), key.publicJwk()))
        .isInstanceOfSatisfying(
            InvalidJwtException.class,
            refused -> assertThat(refused.rule().value()).isEqualTo("SP-5.4.1-1.1"));
  }
}
