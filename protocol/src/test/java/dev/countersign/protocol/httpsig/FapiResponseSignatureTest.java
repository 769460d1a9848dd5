package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.assertRefused;
import static dev.countersign.protocol.httpsig.HandSigned.replaced;
import static dev.countersign.protocol.httpsig.HandSigned.signed;
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

/** What of a signed response is taken, and the nearest to it that is not. */
class FapiResponseSignatureTest {
  private static final Jose JOSE = Jose.jdk();
  private static final byte[] ORDER = "{\"amount\":\"123.50\"}".getBytes(UTF_8);
  private static final byte[] RECEIPT = "{\"status\":\"accepted\"}".getBytes(UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);
  private static final String ALL =
      "\"@status\" \"content-digest\" \"@method\";req \"@target-uri\";req"
          + " \"content-digest\";req \"signature-input\";req \"signature\";req";
  private static final String NAMED = ";keyid=\"test-key-ed25519\"";
  private static final String TAG = ";tag=\"fapi-2-response\"";
  private static final String REST = ";created=1750000000" + NAMED + TAG;

  private static RequestMessage unsigned(String target) {
    return RequestMessage.of(
        "POST", URI.create(target), Headers.of(List.of(Map.entry("Authorization", "Bearer a"))));
  }

  private static RequestMessage payment(byte[] content, Instant at) throws Exception {
    RequestMessage request = unsigned("https://rs.example.com/payments");
    return Signed.with(
        request, FapiRequestSignature.sign(JOSE, FapiVectorTest.key(), request, content, at));
  }

  private static RequestMessage payment() throws Exception {
    return payment(ORDER, NOW);
  }

  private static ResponseMessage created(RequestMessage request) {
    return ResponseMessage.of(
        201,
        Headers.of(
            List.of(
                Map.entry("Content-Type", "application/json"),
                Map.entry("Content-Digest", ContentDigest.of(RECEIPT).toHeader()))),
        request);
  }

  private static ResponseMessage signedBy(String parameters) throws Exception {
    return signed(created(payment()), parameters, FapiVectorTest.key());
  }

  private static ResponseMessage whole() throws Exception {
    return signedBy("(" + ALL + ")" + REST);
  }

  private static byte[] judged(ResponseMessage response, byte[] content) throws Exception {
    JwkSet keys = JwkSet.of(List.of(FapiVectorTest.key().publicJwk()));
    return FapiResponseSignature.read(response, NOW).verify(JOSE, keys, content).content();
  }

  private static void refused(String rule, ResponseMessage response) {
    assertRefused(rule, () -> judged(response, RECEIPT));
  }

  /** What a front end would have to get past the client: this answer, to that request. */
  private static ResponseMessage answering(RequestMessage request, ResponseMessage answer) {
    return new ResponseMessage(answer.status(), answer.headers(), answer.trailers(), request);
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"HS-5.3.2.1-1", "HS-5.3.2.2-1", "HS-5.3.2.2-2", "SIG-7"})
  void takesWhatEachAlgorithmSigned(SignatureAlgorithm algorithm) throws Exception {
    SigningKey key = SampleKeys.of(algorithm);
    ResponseMessage response = created(payment());
    ResponseMessage signed =
        Signed.with(
            response, FapiResponseSignature.sign(JOSE, key, response, List.of(), RECEIPT, NOW));
    FapiResponseSignature read = FapiResponseSignature.read(signed, NOW);

    assertThat(read.keyid()).hasValue(key.kid());
    VerifiedResponseSignature verified =
        read.verify(JOSE, JwkSet.of(List.of(key.publicJwk())), RECEIPT);
    assertThat(verified.content()).isEqualTo(RECEIPT);
    assertThat(verified.key()).isEqualTo(key.publicJwk());
    assertThat(verified.response()).isEqualTo(signed);
  }

  @ParameterizedTest
  @CsvSource({
    "\"@status\", HS-5.3.2.2-3",
    "\"content-digest\", HS-5.3.2.2-4",
    "\"@method\";req, HS-5.3.2.2-N",
    "\"@target-uri\";req, HS-5.3.2.2-N",
    "\"content-digest\";req, HS-5.3.2.2-N",
    "\"signature-input\";req, HS-5.3.2.2-N",
    "\"signature\";req, HS-5.3.2.2-N"
  })
  @Requirement({"HS-5.3.2.2-3", "HS-5.3.2.2-4", "HS-5.3.2.2-N", "SIG-9", "ATT-64"})
  void refusesALackingComponent(String component, String rule) throws Exception {
    assertThat(judged(whole(), RECEIPT)).isEqualTo(RECEIPT);
    String less = " " + ALL + " ";
    assertThat(less).containsOnlyOnce(" " + component + " ");
    refused(rule, signedBy("(" + less.replace(" " + component + " ", " ").strip() + ")" + REST));
  }

  @Test
  @Requirement("ATT-64")
  void refusesComponentsOfTheResponseInThePlaceOfThoseOfTheRequest() throws Exception {
    String own = ALL.replace("\"signature\";req", "\"signature\";req;key=\"sig1\"");
    refused("HS-5.3.2.2-N", signedBy("(" + own + ")" + REST));
  }

  @Test
  @Requirement({"HS-5.3.2.1-2", "HS-5.3.2.1-3", "HS-5.3.2.2-N", "ATT-64"})
  void refusesTheAnswerToAnotherRequest() throws Exception {
    ResponseMessage answer = whole();
    assertThat(judged(answering(payment(), answer), RECEIPT)).isEqualTo(RECEIPT);

    RequestMessage elsewhere = unsigned("https://rs.example.com/payments/1");
    refused(
        "SIG-7",
        answering(
            Signed.with(
                elsewhere,
                FapiRequestSignature.sign(JOSE, FapiVectorTest.key(), elsewhere, ORDER, NOW)),
            answer));
    refused("SIG-7", answering(payment("{\"amount\":\"1\"}".getBytes(UTF_8), NOW), answer));
    // The same payment once more: only the signatures tell the two requests apart.
    refused("SIG-7", answering(payment(ORDER, NOW.minusSeconds(1)), answer));
  }

  @Test
  @Requirement({"HS-5.3.2.1-2", "HS-5.3.2.1-3", "HS-5.3.2.2-N"})
  void linksWhatThereIsOfARequestThatWasNotSigned() throws Exception {
    RequestMessage request = unsigned("https://rs.example.com/payments");
    ResponseMessage response = created(request);
    List<Map.Entry<String, String>> added =
        FapiResponseSignature.sign(JOSE, FapiVectorTest.key(), response, List.of(), RECEIPT, NOW);

    assertThat(added.getFirst().getValue())
        .startsWith("sig1=(\"@status\" \"content-digest\" \"@method\";req \"@target-uri\";req);");
    ResponseMessage signed = Signed.with(response, added);
    assertThat(judged(signed, RECEIPT)).isEqualTo(RECEIPT);
    refused("HS-5.3.2.2-N", answering(payment(), signed));
  }

  @Test
  @Requirement({"HS-5.3.2.1-7", "HS-5.3.2.2-4"})
  void signsNoDigestWithoutContent() throws Exception {
    ResponseMessage response = ResponseMessage.of(204, Headers.NONE, payment());
    ResponseMessage signed =
        Signed.with(
            response,
            FapiResponseSignature.sign(
                JOSE, FapiVectorTest.key(), response, List.of(), new byte[0], NOW));
    assertThat(signed.headers().all("Content-Digest")).isEmpty();
    assertThat(judged(signed, new byte[0])).isEmpty();
    refused("HS-5.3.2.2-4", signed);
  }

  @Test
  @Requirement({"HS-5.3.2.1-N", "HS-5.3.2.2-2"})
  void coversMoreOfWhatMatters() throws Exception {
    ResponseMessage response = created(payment());
    ResponseMessage signed =
        Signed.with(
            response,
            FapiResponseSignature.sign(
                JOSE,
                FapiVectorTest.key(),
                response,
                List.of("Content-Type", "Location"),
                RECEIPT,
                NOW));
    assertThat(signed.headers().all("Signature-Input").getFirst())
        .contains("\"content-type\"")
        .doesNotContain("location");
    assertThat(judged(signed, RECEIPT)).isEqualTo(RECEIPT);
    refused("SIG-7", replaced(signed, "Content-Type", "text/html"));
  }

  @Test
  @Requirement({"HS-5.3.2.2-2", "HS-5.3.2.2-3", "HS-5.3.2.2-4", "SIG-10"})
  void refusesAnotherStatusAndOtherContent() throws Exception {
    ResponseMessage whole = whole();
    refused("SIG-7", ResponseMessage.of(200, whole.headers(), whole.request()));
    assertRefused("SIG-10", () -> judged(whole(), "{\"status\":\"rejected\"}".getBytes(UTF_8)));
    assertRefused("SIG-10", () -> judged(whole(), new byte[0]));
    byte[] other = "{\"status\":\"rejected\"}".getBytes(UTF_8);
    ResponseMessage digested =
        replaced(whole, "Content-Digest", ContentDigest.of(other).toHeader());
    assertRefused("SIG-7", () -> judged(digested, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";tag=\"fapi-2-request\"", ";tag=\"x\"", ";tag=fapi-2-response"})
  @Requirement("HS-5.3.2.2-5")
  void refusesAnyOtherTag(String tag) throws Exception {
    ResponseMessage response = whole();
    String input = HandSigned.only(response.headers(), "Signature-Input").replace(TAG, tag);
    refused("HS-5.3.2.2-5", replaced(response, "Signature-Input", input));
  }

  @Test
  @Requirement({"HS-5.3.2.2-2", "SIG-1"})
  void refusesAResponseThatIsNotSigned() throws Exception {
    refused("HS-5.3.2.2-2", created(payment()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-61, 31})
  @Requirement("HS-5.3.2.2-3")
  void refusesWhatWasMadeBeforeOrLater(long seconds) throws Exception {
    String created = ";created=" + NOW.plusSeconds(seconds).getEpochSecond();
    refused("HS-5.3.2.2-3", signedBy("(" + ALL + ")" + created + NAMED + TAG));
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 30})
  @Requirement("HS-5.3.2.2-3")
  void takesWhatWasMadeWithinAMinute(long seconds) throws Exception {
    String created = ";created=" + NOW.plusSeconds(seconds).getEpochSecond();
    assertThat(judged(signedBy("(" + ALL + ")" + created + NAMED + TAG), RECEIPT))
        .isEqualTo(RECEIPT);
  }

  @Test
  @Requirement("HS-5.3.2.2-3")
  void refusesWhatWasMadeNobodyKnowsWhen() throws Exception {
    refused("HS-5.3.2.2-3", signedBy("(" + ALL + ")" + NAMED + TAG));
  }

  @Test
  @Requirement({"HS-5.3.2.2-1", "SIG-8"})
  void refusesTheKeyOfAnybodyElse() throws Exception {
    SigningKey another = SampleKeys.of(SignatureAlgorithm.ES256);
    ResponseMessage response = created(payment());
    ResponseMessage signed =
        Signed.with(
            response, FapiResponseSignature.sign(JOSE, another, response, List.of(), RECEIPT, NOW));
    refused("SIG-8", signed);
    refused("SIG-7", signed(response, "(" + ALL + ")" + REST, another));
  }

  @Test
  @Requirement({"HS-5.3.2.1-1", "SIG-1"})
  void signsAnewWhatWasSignedBefore() throws Exception {
    ResponseMessage once = whole();
    ResponseMessage again = once;
    for (Map.Entry<String, String> field :
        FapiResponseSignature.sign(
            JOSE, FapiVectorTest.key(), once, List.of(), RECEIPT, NOW.plusSeconds(1))) {
      again = replaced(again, field.getKey(), field.getValue());
    }
    assertThat(again.headers().all("Signature")).hasSize(1);
    assertThat(judged(again, RECEIPT)).isEqualTo(RECEIPT);
  }

  @Test
  @Requirement({"HS-5.3.2.1-7", "SIG-10"})
  void signsNoFalseDigest() throws Exception {
    ResponseMessage bad = replaced(created(payment()), "Content-Digest", "sha-256=:AAAA:");
    assertThatThrownBy(
            () ->
                FapiResponseSignature.sign(
                    JOSE, FapiVectorTest.key(), bad, List.of(), RECEIPT, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 1000})
  @Requirement("SIG-3")
  void takesNoStatusThatIsNone(int status) {
    assertThatThrownBy(
            () ->
                ResponseMessage.of(
                    status, Headers.NONE, unsigned("https://rs.example.com/payments")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsNothingOfTheMessage() throws Exception {
    assertThat(FapiResponseSignature.read(whole(), NOW).toString()).doesNotContain("payments");
    assertThat(whole().toString()).isEqualTo("ResponseMessage[201]");
    assertThat(payment().toString()).isEqualTo("RequestMessage[POST]");
  }
}
