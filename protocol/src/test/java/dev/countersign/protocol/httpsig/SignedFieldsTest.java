package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.assertRefused;
import static dev.countersign.protocol.httpsig.HandSigned.only;
import static dev.countersign.protocol.httpsig.HandSigned.signed;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which fields of a message its signature covers, beyond those that it must. */
class SignedFieldsTest {
  private static final Jose JOSE = Jose.jdk();
  private static final byte[] ORDER = "{}".getBytes(US_ASCII);
  private static final Instant NOW = Instant.ofEpochSecond(1_750_000_000);
  private static final String REST =
      ";created=1750000000;keyid=\"test-key-ed25519\";tag=\"fapi-2-re";
  private static final RequestMessage PAYMENT =
      RequestMessage.of(
          "POST",
          URI.create("https://rs.example.com/payments?a=1&b=2"),
          Headers.of(
              List.of(
                  Map.entry("Authorization", "DPoP abc"),
                  Map.entry("DPoP", "e30.e30.AA"),
                  Map.entry("Content-Type", "application/json"),
                  Map.entry("X-Dictionary", "a=1, b=2"))));

  private static JwkSet keys() throws Exception {
    return JwkSet.of(List.of(FapiVectorTest.key().publicJwk()));
  }

  @Test
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.1.1-7"})
  void aClientSignsMoreFieldsIfTheyAreThereAndEachOnce() throws Exception {
    List<Map.Entry<String, String>> added =
        FapiRequestSignature.sign(
            JOSE,
            FapiVectorTest.key(),
            PAYMENT,
            List.of("Content-Type", "content-encoding", "DPoP", "content-digest"),
            ORDER,
            Optional.empty(),
            NOW);
    RequestMessage request = Signed.with(PAYMENT, added);
    assertThat(only(request.headers(), "Signature-Input"))
        .startsWith(
            "sig1=(\"@method\" \"@target-uri\" \"authorization\" \"dpop\" \"content-digest\""
                + " \"content-type\");");
    assertThat(FapiRequestSignature.read(request, NOW).verify(JOSE, keys()).signedFields().names())
        .containsExactlyInAnyOrder("authorization", "dpop", "content-digest", "content-type");
  }

  @Test
  @Requirement({"HS-5.3.2.1-N", "ATT-65"})
  void aFieldIsSignedIfAllOfItIs() throws Exception {
    ResponseMessage response =
        ResponseMessage.of(
            200,
            Headers.of(
                List.of(
                    Map.entry("Content-Type", "text/plain"),
                    Map.entry("Priority", "u=1,  i"),
                    Map.entry("X-Dictionary", "a=2, c=3"),
                    Map.entry("Link", "<a>"),
                    Map.entry("Link", "<b>"),
                    Map.entry("ETag", "\"1\""))),
            PAYMENT);
    ResponseMessage signed =
        signed(
            response,
            "(\"@status\" \"@method\";req \"@target-uri\";req \"content-type\";req"
                + " \"priority\";sf \"link\";bs \"x-dictionary\";key=\"a\""
                + " \"x-dictionary\";key=\"a\";req \"etag\")"
                + REST
                + "sponse\"",
            FapiVectorTest.key());
    VerifiedResponseSignature verified =
        FapiResponseSignature.read(signed, NOW).verify(JOSE, keys(), new byte[0]);
    assertThat(verified.signedFields().names())
        .containsExactlyInAnyOrder("priority", "link", "etag");
    assertThat(verified.signedFields().all("Link")).containsExactly("<a>", "<b>");
  }

  @Test
  @Requirement({"SIG-2", "SIG-3"})
  void membersOfTheSameNameAreThoseOfTheirMessage() throws Exception {
    ResponseMessage response =
        ResponseMessage.of(
            200, Headers.of(List.of(Map.entry("X-Dictionary", "a=2, b=3"))), PAYMENT);
    String parameters =
        "(\"x-dictionary\";key=\"a\" \"x-dictionary\";key=\"a\";req \"x-dictionary\";key=\"b\""
            + " \"@query-param\";name=\"b\";req \"@query-param\";name=\"a\";req)";
    assertThat(
            new String(SignatureBase.of(response, HandSigned.parameters(parameters)), US_ASCII)
                .lines()
                .limit(5))
        .containsExactly(
            "\"x-dictionary\";key=\"a\": 2",
            "\"x-dictionary\";key=\"a\";req: 1",
            "\"x-dictionary\";key=\"b\": 3",
            "\"@query-param\";name=\"b\";req: 2",
            "\"@query-param\";name=\"a\";req: 1");
  }

  @Test
  @Requirement("SIG-8")
  void whatIsSignedIsPutTogetherForAKeyOfTheSignerAlone() throws Exception {
    String components = "(\"@method\" \"@target-uri\" \"authorization\" \"dpop\" \"x\";key=\"k\")";
    RequestMessage costly =
        HandSigned.with(
            HandSigned.with(PAYMENT, "Signature-Input", "a=" + components + REST + "quest\""),
            "Signature",
            "a=:AAAA:");
    FapiRequestSignature read = FapiRequestSignature.read(costly, NOW);
    assertRefused("SIG-8", () -> read.verify(JOSE, JwkSet.of(List.of())));
    assertRefused("SIG-2", () -> read.verify(JOSE, keys()));
  }
}
