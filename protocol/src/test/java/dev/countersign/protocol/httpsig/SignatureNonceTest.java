package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.only;
import static dev.countersign.protocol.httpsig.HandSigned.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.requirement.Requirement;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes one signature of a request another one than the next. */
class SignatureNonceTest {
  private static final Jose JOSE = Jose.jdk();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);
  private static final BigInteger ORDER_OF_P256 =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final RequestMessage BALANCE =
      RequestMessage.of(
          "GET",
          URI.create("https://rs.example.com/balance"),
          Headers.of(List.of(Map.entry("Authorization", "Bearer abc"))));

  private static RequestMessage signed(SigningKey key, SignatureNonce nonce) {
    return Signed.with(
        BALANCE,
        FapiRequestSignature.sign(
            JOSE, key, BALANCE, List.of(), new byte[0], Optional.of(nonce), NOW));
  }

  private static VerifiedRequestSignature verified(SigningKey key, RequestMessage request)
      throws Exception {
    return FapiRequestSignature.read(request, NOW)
        .verify(JOSE, JwkSet.of(List.of(key.publicJwk())));
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"SIG-6", "ATT-64"})
  void tellsTwoEqualRequestsOfOneSecondApart(SignatureAlgorithm algorithm) throws Exception {
    SigningKey key = SampleKeys.of(algorithm);
    RequestMessage first = signed(key, SignatureNonce.random(RANDOM));
    RequestMessage second = signed(key, SignatureNonce.random(RANDOM));

    assertThat(only(first.headers(), "Signature"))
        .isNotEqualTo(only(second.headers(), "Signature"));
    assertThat(verified(key, first).uniqueId()).isNotEqualTo(verified(key, second).uniqueId());
    assertThat(verified(key, first).uniqueId()).isEqualTo(verified(key, first).uniqueId());
  }

  @Test
  @Requirement("SIG-6")
  void isSignedAsItIs() throws Exception {
    SignatureNonce nonce = new SignatureNonce("b3k2pp5k7z-50gnwp.yemd");
    RequestMessage request = signed(FapiVectorTest.key(), nonce);
    assertThat(only(request.headers(), "Signature-Input"))
        .endsWith(";tag=\"fapi-2-request\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"");
    assertThat(verified(FapiVectorTest.key(), request).created()).isEqualTo(NOW);
    assertThat(only(request.headers(), "Signature"))
        .isEqualTo(only(signed(FapiVectorTest.key(), nonce).headers(), "Signature"));
  }

  @Test
  @Requirement("SIG-6")
  void is128RandomBits() {
    assertThat(Base64.getUrlDecoder().decode(SignatureNonce.random(RANDOM).value())).hasSize(16);
    for (String bad : List.of("", "a\nb", "\u00fc", "x".repeat(257))) {
      assertThatThrownBy(() -> new SignatureNonce(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @Requirement({"S-10", "SIG-7"})
  void anotherHalfOfASignatureMakesNoOtherSignature() throws Exception {
    SigningKey key = SampleKeys.of(SignatureAlgorithm.ES256);
    RequestMessage request = signed(key, SignatureNonce.random(RANDOM));
    String value = only(request.headers(), "Signature");
    byte[] signature =
        Base64.getDecoder().decode(value.substring("sig1=:".length(), value.length() - 1));
    byte[] s = new byte[32];
    System.arraycopy(signature, 32, s, 0, 32);
    byte[] negated = ORDER_OF_P256.subtract(new BigInteger(1, s)).toByteArray();
    for (int i = 0; i < 32; i++) {
      int from = negated.length - 32 + i;
      signature[32 + i] = from < 0 ? 0 : negated[from];
    }
    RequestMessage forged =
        replaced(request, "Signature", "sig1=:" + HandSigned.base64(signature) + ":");

    assertThat(only(forged.headers(), "Signature")).isNotEqualTo(value);
    assertThat(verified(key, forged).uniqueId()).isEqualTo(verified(key, request).uniqueId());
  }

  @Test
  @Requirement({"HS-5.3.1.2-6", "S-10"})
  void canBeSentAgainForAMinute() throws Exception {
    RequestMessage request = signed(FapiVectorTest.key(), SignatureNonce.random(RANDOM));
    VerifiedRequestSignature verified = verified(FapiVectorTest.key(), request);
    assertThat(verified.replayableUntil()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    assertThat(verified.usableFrom()).isEqualTo(NOW.minus(TimeRules.FUTURE));
    FapiRequestSignature.read(request, verified.replayableUntil());
    FapiRequestSignature.read(request, verified.usableFrom());
    HandSigned.assertRefused(
        "HS-5.3.1.2-6",
        () -> FapiRequestSignature.read(request, verified.replayableUntil().plusSeconds(1)));
    HandSigned.assertRefused(
        "HS-5.3.1.2-6",
        () -> FapiRequestSignature.read(request, verified.usableFrom().minusSeconds(1)));
  }
}
