package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.assertRefused;
import static dev.countersign.protocol.httpsig.HandSigned.only;
import static dev.countersign.protocol.httpsig.HandSigned.replaced;
import static dev.countersign.protocol.httpsig.HandSigned.signed;
import static dev.countersign.protocol.httpsig.HandSigned.with;
import static dev.countersign.protocol.httpsig.HandSigned.without;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.fixture.SampleKeys;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a signed request is taken, and the nearest to it that is not. */
class FapiRequestSignatureTest {
  private static final Jose JOSE = Jose.jdk();
  private static final byte[] ORDER = "{\"amount\":\"123.50\"}".getBytes(UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);
  private static final String ALL =
      "\"@method\" \"@target-uri\" \"authorization\" \"dpop\" \"content-digest\"";
  private static final String NAMED = ";keyid=\"test-key-ed25519\"";
  private static final String TAG = ";tag=\"fapi-2-request\"";
  private static final String REST = ";created=1750000000" + NAMED + TAG;

  private static RequestMessage payment() {
    return RequestMessage.of(
        "POST",
        URI.create("https://rs.example.com/payments?async=true"),
        Headers.of(
            List.of(
                Map.entry("Authorization", "DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
                Map.entry("DPoP", "eyJhbGciOiJFZERTQSJ9.e30.AA"),
                Map.entry("Content-Digest", ContentDigest.of(ORDER).toHeader()))));
  }

  private static RequestMessage signedBy(String parameters) throws Exception {
    return signed(payment(), "sig1", parameters, FapiVectorTest.key());
  }

  private static RequestMessage whole() throws Exception {
    return signedBy("(" + ALL + ")" + REST);
  }

  private static JwkSet keys() throws Exception {
    return JwkSet.of(List.of(FapiVectorTest.key().publicJwk()));
  }

  private static byte[] judged(RequestMessage request, byte[] content) throws Exception {
    return FapiRequestSignature.read(request, NOW).verify(JOSE, keys()).content(content);
  }

  private static void refused(String rule, RequestMessage request) {
    assertRefused(rule, () -> judged(request, ORDER));
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"HS-5.3.1.2-1", "HS-5.3.1.2-2", "SIG-7", "SIG-8"})
  void takesWhatEachAlgorithmSigned(SignatureAlgorithm algorithm) throws Exception {
    SigningKey key = SampleKeys.of(algorithm);
    RequestMessage request =
        Signed.with(payment(), FapiRequestSignature.sign(JOSE, key, payment(), ORDER, NOW));
    JwkSet keys = JwkSet.of(List.of(key.publicJwk()));

    FapiRequestSignature read = FapiRequestSignature.read(request, NOW);
    VerifiedRequestSignature verified = read.verify(JOSE, keys);

    assertThat(read.keyid()).hasValue(key.kid());
    assertThat(verified.keyid()).isEqualTo(key.kid());
    assertThat(verified.request()).isEqualTo(request);
    assertThat(verified.content(ORDER)).isEqualTo(ORDER);
  }

  @ParameterizedTest
  @CsvSource({
    "@method, HS-5.3.1.2-5",
    "@target-uri, HS-5.3.1.2-5",
    "authorization, HS-5.3.1.2-5",
    "dpop, HS-5.3.1.2-7",
    "content-digest, HS-5.3.1.2-8"
  })
  @Requirement({"HS-5.3.1.2-5", "HS-5.3.1.2-7", "HS-5.3.1.2-8", "ATT-65"})
  void refusesALackingComponent(String component, String rule) throws Exception {
    String less = ALL.replace('"' + component + '"', "").strip();
    refused(rule, signedBy("(" + less + ")" + REST));
  }

  @Test
  @Requirement({"HS-5.3.1.2-2", "SIG-2", "ATT-65"})
  void refusesWhoseProofWasTakenAway() throws Exception {
    refused("SIG-2", without(whole(), "DPoP"));
  }

  @ParameterizedTest
  @CsvSource({
    "\"@target-uri\", \"@authority\" \"@path\" \"@query\"",
    "\"authorization\", \"authorization\";bs"
  })
  @Requirement({"HS-5.3.1.2-5", "ATT-65"})
  void refusesSomethingLikeAComponentInItsPlace(String right, String alike) throws Exception {
    refused("HS-5.3.1.2-5", signedBy("(" + ALL.replace(right, alike) + ")" + REST));
  }

  @Test
  @Requirement({"HS-5.3.1.2-7", "HS-5.3.1.2-8"})
  void wantsNeitherProofNorDigestWhereThereIsNone() throws Exception {
    RequestMessage bare = without(without(payment(), "DPoP"), "Content-Digest");
    RequestMessage request =
        signed(
            bare,
            "sig1",
            "(\"@method\" \"@target-uri\" \"authorization\")" + REST,
            FapiVectorTest.key());

    assertThat(judged(request, new byte[0])).isEmpty();
    refused("HS-5.3.1.2-8", request);
    refused("HS-5.3.1.2-7", with(request, "DPoP", "eyJhbGciOiJFZERTQSJ9.e30.AA"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";tag=\"fapi-2-response\"",
        ";tag=\"FAPI-2-request\"",
        ";tag=\"fapi-2-request \"",
        ";tag=fapi-2-request"
      })
  @Requirement({"HS-5.3.1.2-4", "ATT-65"})
  void refusesAnyOtherTag(String tag) throws Exception {
    RequestMessage request = whole();
    String input = only(request.headers(), "Signature-Input").replace(TAG, tag);
    refused("HS-5.3.1.2-4", replaced(request, "Signature-Input", input));
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 0, 30})
  @Requirement("HS-5.3.1.2-6")
  void takesWhatWasMadeWithinAMinute(long seconds) throws Exception {
    String created = ";created=" + NOW.plusSeconds(seconds).getEpochSecond();
    assertThat(judged(signedBy("(" + ALL + ")" + created + NAMED + TAG), ORDER)).isEqualTo(ORDER);
  }

  @ParameterizedTest
  @ValueSource(longs = {-61, 31, 61, -1_750_000_000})
  @Requirement({"HS-5.3.1.2-6", "ATT-65"})
  void refusesWhatWasMadeBeforeOrLater(long seconds) throws Exception {
    String created = ";created=" + NOW.plusSeconds(seconds).getEpochSecond();
    refused("HS-5.3.1.2-6", signedBy("(" + ALL + ")" + created + NAMED + TAG));
  }

  @Test
  @Requirement("HS-5.3.1.2-6")
  void refusesWhatWasMadeNobodyKnowsWhen() throws Exception {
    refused("HS-5.3.1.2-6", signedBy("(" + ALL + ")" + NAMED + TAG));
  }

  @Test
  @Requirement({"SIG-6", "HS-5.3.1.2-6"})
  void takesASignatureUntilItExpires() throws Exception {
    RequestMessage request = signedBy("(" + ALL + ")" + REST + ";expires=1750000001");
    assertThat(judged(request, ORDER)).isEqualTo(ORDER);
    assertRefused("HS-5.3.1.2-6", () -> FapiRequestSignature.read(request, NOW.plusSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created=\"1750000000\"",
        "created=1750000000.0",
        "created=@1750000000",
        "created=-1",
        "created",
        "expires=\"x\"",
        "nonce=1",
        "alg=ed25519",
        "keyid=test"
      })
  @Requirement("SIG-6")
  void refusesParametersOfAnotherType(String parameter) throws Exception {
    String input = "sig1=(" + ALL + ")" + REST + ";" + parameter;
    refused("SIG-6", replaced(whole(), "Signature-Input", input));
  }

  @Test
  @Requirement({"HS-5.3.1.2-3", "SIG-1"})
  void refusesOneFieldWithoutTheOther() throws Exception {
    refused("HS-5.3.1.2-3", payment());
    refused("HS-5.3.1.2-3", without(whole(), "Signature-Input"));
    refused("HS-5.3.1.2-3", without(whole(), "Signature"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Signature | sig2=:AAAA:",
        "Signature | sig1=\"AAAA\"",
        "Signature | sig1",
        "Signature | sig1=(:AAAA:)",
        "Signature | sig1=:AAAA:, sig1=:AAAA:",
        "Signature | sig1=:AAAA",
        "Signature-Input | sig1=(\"@method\"",
        "Signature-Input | sig1=();tag=\"fapi-2-request\", sig1=()",
        "Signature-Input | sig1=();tag=\"fapi-2-request\";"
      })
  @Requirement({"SIG-1", "ATT-65", "S-08"})
  void refusesFieldsThatDoNotBelongTogether(String name, String value) throws Exception {
    refused("SIG-1", replaced(whole(), name, value));
  }

  @Test
  @Requirement("SIG-1")
  void refusesMoreThan16Labels() throws Exception {
    RequestMessage request = whole();
    for (int i = 2; i <= 16; i++) {
      request = with(request, "Signature-Input", "other" + i + "=()");
    }
    assertThat(judged(request, ORDER)).isEqualTo(ORDER);
    refused("SIG-1", with(request, "Signature-Input", "other17=()"));
  }

  @Test
  @Requirement({"SIG-8", "ATT-65"})
  void refusesTwoSignaturesForTheSame() throws Exception {
    refused("SIG-8", signed(whole(), "sig2", "()" + REST, FapiVectorTest.key()));
    refused(
        "SIG-8",
        signed(signedBy("()" + REST), "sig2", "(" + ALL + ")" + REST, FapiVectorTest.key()));
  }

  @Test
  @Requirement({"SIG-8", "ATT-65"})
  void doesNotLookAtSignaturesForSomethingElse() throws Exception {
    RequestMessage weak =
        signed(whole(), "proxy", "();created=1;tag=\"other\"", FapiVectorTest.key());
    assertThat(judged(weak, ORDER)).isEqualTo(ORDER);

    RequestMessage odd = with(whole(), "Signature-Input", "odd=(\"@none\");created=x, item=1");
    assertThat(judged(odd, ORDER)).isEqualTo(ORDER);

    RequestMessage strong = signedBy("(" + ALL + ");created=1750000000;tag=\"other\"" + NAMED);
    refused("HS-5.3.1.2-5", signed(strong, "sig2", "()" + REST, FapiVectorTest.key()));
  }

  @Test
  @Requirement({"SIG-1", "SIG-8", "ATT-65", "S-08"})
  void refusesTheSignatureOfAnotherLabel() throws Exception {
    RequestMessage two = signed(whole(), "sig2", "(\"@method\")" + NAMED, FapiVectorTest.key());
    List<String> signatures = two.headers().all("Signature");
    String exchanged =
        signatures.get(0).replace("sig1=", "sig2=")
            + ", "
            + signatures.get(1).replace("sig2=", "sig1=");

    assertThat(judged(two, ORDER)).isEqualTo(ORDER);
    refused("SIG-7", replaced(two, "Signature", exchanged));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization | DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxV",
        "Authorization | Bearer Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU",
        "DPoP | eyJhbGciOiJFZERTQSJ9.e30.AB"
      })
  @Requirement({"HS-5.3.1.2-2", "HS-5.3.1.2-3"})
  void refusesAChangedField(String name, String value) throws Exception {
    refused("SIG-7", replaced(whole(), name, value));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, https://rs.example.com/payments?async=true",
    "post, https://rs.example.com/payments?async=true",
    "POST, https://rs.example.com/payments?async=false",
    "POST, https://rs.example.com/payments%3Fasync=true",
    "POST, https://rs.example.com/payments",
    "POST, https://RS.example.com/payments?async=true",
    "POST, http://rs.example.com/payments?async=true"
  })
  @Requirement({"HS-5.3.1.2-2", "HS-5.3.1.2-3"})
  void refusesAnotherMethodOrTarget(String method, URI target) throws Exception {
    refused("SIG-7", RequestMessage.of(method, target, whole().headers()));
  }

  @Test
  @Requirement({"HS-5.3.1.2-8", "SIG-10"})
  void refusesOtherContent() throws Exception {
    byte[] other = "{\"amount\":\"923.50\"}".getBytes(UTF_8);
    assertRefused("SIG-10", () -> judged(whole(), other));
    assertRefused("SIG-10", () -> judged(whole(), new byte[0]));
    RequestMessage both = replaced(whole(), "Content-Digest", ContentDigest.of(other).toHeader());
    assertRefused("SIG-7", () -> judged(both, other));
  }

  @Test
  @Requirement({"HS-5.3.1.1-8", "SIG-10"})
  void coversTheDigestThatIsThere() throws Exception {
    RequestMessage digested =
        replaced(
            payment(),
            "Content-Digest",
            ContentDigest.of(ORDER, DigestAlgorithm.SHA_512).toHeader());
    List<Map.Entry<String, String>> added =
        FapiRequestSignature.sign(JOSE, FapiVectorTest.key(), digested, ORDER, NOW);

    assertThat(added).extracting(Map.Entry::getKey).containsExactly("Signature-Input", "Signature");
    assertThat(judged(Signed.with(digested, added), ORDER)).isEqualTo(ORDER);
    assertThatThrownBy(
            () ->
                FapiRequestSignature.sign(
                    JOSE, FapiVectorTest.key(), digested, new byte[] {1}, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement("HS-5.3.1.1-6")
  void signsNothingWithoutAuthorization() {
    RequestMessage open = without(payment(), "Authorization");
    assertThatThrownBy(
            () -> FapiRequestSignature.sign(JOSE, FapiVectorTest.key(), open, ORDER, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsNothingOfTheMessage() throws Exception {
    FapiRequestSignature read = FapiRequestSignature.read(whole(), NOW);
    assertThat(read.toString()).doesNotContain("Kz~8");
    assertThat(read.verify(JOSE, keys()).toString()).doesNotContain("Kz~8", "payments", "123.50");
  }
}
