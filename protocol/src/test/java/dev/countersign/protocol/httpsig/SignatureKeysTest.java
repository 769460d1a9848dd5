package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.assertRefused;
import static dev.countersign.protocol.httpsig.HandSigned.base64;
import static dev.countersign.protocol.httpsig.HandSigned.only;
import static dev.countersign.protocol.httpsig.HandSigned.replaced;
import static dev.countersign.protocol.httpsig.HandSigned.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which key a request must be signed, and with which algorithm. */
class SignatureKeysTest {
  private static final Jose JOSE = Jose.jdk();
  private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);
  private static final String INPUT =
      "(\"@method\" \"@target-uri\" \"authorization\");created=1750000000;tag=\"fapi-2-request\"";
  private static final RequestMessage BALANCE =
      RequestMessage.of(
          "GET",
          URI.create("https://rs.example.com/balance"),
          Headers.of(List.of(Map.entry("Authorization", "Bearer abc"))));

  private static RequestMessage signedBy(SigningKey key, String more) throws Exception {
    return signed(BALANCE, "sig1", INPUT + more, key);
  }

  private static void verified(RequestMessage request, SigningKey... known) throws Exception {
    JwkSet keys = JwkSet.of(Arrays.stream(known).map(SigningKey::publicJwk).toList());
    assertThat(FapiRequestSignature.read(request, NOW).verify(JOSE, keys).digest()).isEmpty();
  }

  private static String named(SigningKey key) {
    return ";keyid=\"" + key.kid() + '"';
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "SIG-8", "ATT-65"})
  void refusesAKeyThatIsNotTheClients() throws Exception {
    SigningKey mine = SampleKeys.of(SignatureAlgorithm.ES256);
    SigningKey another = JOSE.generate(SignatureAlgorithm.ES256, new SecureRandom());

    verified(signedBy(mine, named(mine)), another, mine);
    assertRefused("SIG-8", () -> verified(signedBy(mine, named(mine)), another));
    assertRefused("SIG-8", () -> verified(signedBy(mine, named(mine))));
    assertRefused("SIG-7", () -> verified(signedBy(another, named(mine)), another, mine));
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "SIG-8"})
  void refusesASignatureThatNamesNoKey() throws Exception {
    SigningKey mine = SampleKeys.of(SignatureAlgorithm.EDDSA);
    assertRefused("SIG-8", () -> verified(signedBy(mine, ""), mine));
    assertRefused("SIG-8", () -> verified(signedBy(mine, ";keyid=\"\""), mine));
  }

  @ParameterizedTest
  @CsvSource({"ES256, ecdsa-p256-sha256", "EDDSA, ed25519"})
  @Requirement("SIG-7")
  void takesTheNameOfTheKeysOwnAlgorithm(SignatureAlgorithm algorithm, String name)
      throws Exception {
    SigningKey mine = SampleKeys.of(algorithm);
    verified(signedBy(mine, named(mine) + ";alg=\"" + name + '"'), mine);
  }

  @ParameterizedTest
  @CsvSource({
    "ES256, ed25519",
    "ES256, ECDSA-P256-SHA256",
    "ES256, ES256",
    "ES256, hmac-sha256",
    "EDDSA, ecdsa-p256-sha256",
    "EDDSA, EdDSA",
    "EDDSA, ''",
    "PS256, rsa-pss-sha512",
    "PS256, PS256",
    "PS256, rsa-v1_5-sha256"
  })
  @Requirement({"SIG-7", "ATT-65"})
  void refusesTheNameOfAnother(SignatureAlgorithm algorithm, String name) throws Exception {
    SigningKey mine = SampleKeys.of(algorithm);
    assertRefused(
        "SIG-7", () -> verified(signedBy(mine, named(mine) + ";alg=\"" + name + '"'), mine));
  }

  @ParameterizedTest
  @EnumSource
  @Requirement("SIG-7")
  void writesNoAlgorithm(SignatureAlgorithm algorithm) throws Exception {
    List<Map.Entry<String, String>> added =
        FapiRequestSignature.sign(JOSE, SampleKeys.of(algorithm), BALANCE, new byte[0], NOW);
    assertThat(added.getFirst().getValue()).doesNotContain(";alg");
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"HS-5.3.1.2-2", "SIG-7"})
  void refusesASignatureWithOneBitChangedOrOfAnotherLength(SignatureAlgorithm algorithm)
      throws Exception {
    SigningKey mine = SampleKeys.of(algorithm);
    RequestMessage request = signedBy(mine, named(mine));
    byte[] signature = signature(request);
    verified(request, mine);

    byte[] changed = signature.clone();
    changed[signature.length - 1] ^= 1;
    for (byte[] bad :
        List.of(
            changed,
            new byte[0],
            new byte[signature.length],
            Arrays.copyOf(signature, signature.length - 1),
            Arrays.copyOf(signature, signature.length + 1))) {
      RequestMessage forged = replaced(request, "Signature", "sig1=:" + base64(bad) + ":");
      assertRefused("SIG-7", () -> verified(forged, mine));
    }
  }

  private static byte[] signature(RequestMessage request) {
    String text = only(request.headers(), "Signature");
    return Base64.getDecoder().decode(text.substring("sig1=:".length(), text.length() - 1));
  }

  @Test
  @Requirement("SIG-7")
  void refusesTheNumbersOfEs256InAsn1() throws Exception {
    SigningKey mine = SampleKeys.of(SignatureAlgorithm.ES256);
    RequestMessage request = signedBy(mine, named(mine));
    byte[] raw = signature(request);
    byte[] r = new BigInteger(1, Arrays.copyOf(raw, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (der.length - 2);
    der[2] = 2;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 2;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);

    assertThat(raw).hasSize(64);
    RequestMessage inDer = replaced(request, "Signature", "sig1=:" + base64(der) + ":");
    assertRefused("SIG-7", () -> verified(inDer, mine));
  }

  @ParameterizedTest
  @ValueSource(strings = {";nonce=\"abc\"", ";later=1", ";flag"})
  @Requirement("SIG-6")
  void signsParametersThatNobodyLooksAt(String more) throws Exception {
    SigningKey mine = SampleKeys.of(SignatureAlgorithm.EDDSA);
    RequestMessage request = signedBy(mine, named(mine) + more);
    verified(request, mine);
    String input = only(request.headers(), "Signature-Input");
    RequestMessage stripped = replaced(request, "Signature-Input", input.replace(more, ""));
    assertRefused("SIG-7", () -> verified(stripped, mine));
  }
}
