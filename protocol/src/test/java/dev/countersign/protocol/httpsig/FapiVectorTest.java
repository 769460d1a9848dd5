package dev.countersign.protocol.httpsig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A payment and its answer, signed with the test key of RFC 9421 B.1.4: Ed25519 signs the same
 * bytes the same way, so whoever builds the same base gets these very signatures.
 */
class FapiVectorTest {
  private static final Jose JOSE = Jose.jdk();
  private static final byte[] ORDER =
      "{\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"123.50\"}}".getBytes(UTF_8);
  private static final byte[] RECEIPT =
      "{\"paymentId\":\"36fc67776\",\"status\":\"accepted\"}".getBytes(UTF_8);
  private static final String REQUEST_SIGNATURE =
      "sig1=:bgmS32DFiL8zjd8udkJx83MemJ57sZXPF/4aGm2GvGAFX8Qd6+FqkfjyvcCTzdcID/dpvkCzt8tsfdCv0puiDw==:";
  private static final Instant ASKED = Instant.ofEpochSecond(1_750_000_000);
  private static final Instant ANSWERED = ASKED.plusSeconds(1);

  static SigningKey key() throws Exception {
    return SigningKey.fromPrivateJwk(
        JsonObject.parse(
            """
            {"kty":"OKP","crv":"Ed25519","kid":"test-key-ed25519",
             "d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU",
             "x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}\
            """));
  }

  private static RequestMessage unsigned() {
    return RequestMessage.of(
        "POST",
        URI.create("https://rs.example.com/payments?async=true"),
        Headers.of(
            List.of(
                Map.entry("Authorization", "DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
                Map.entry("DPoP", "eyJhbGciOiJFZERTQSJ9.e30.AA"))));
  }

  private static RequestMessage request() throws Exception {
    return Signed.with(
        unsigned(), FapiRequestSignature.sign(JOSE, key(), unsigned(), ORDER, ASKED));
  }

  @Test
  @Requirement({
    "HS-5.3.1.1-1",
    "HS-5.3.1.1-2",
    "HS-5.3.1.1-3",
    "HS-5.3.1.1-4",
    "HS-5.3.1.1-5",
    "HS-5.3.1.1-6",
    "HS-5.3.1.1-7",
    "HS-5.3.1.1-8",
    "SIG-5"
  })
  void signsTheRequestBitForBit() throws Exception {
    assertThat(FapiRequestSignature.sign(JOSE, key(), unsigned(), ORDER, ASKED))
        .containsExactly(
            Map.entry("Content-Digest", "sha-256=:Jl5HXZwH1fbWWV98SdzYdI8lK4inlmkXiXZnHXjRyOA=:"),
            Map.entry(
                "Signature-Input",
                "sig1=(\"@method\" \"@target-uri\" \"authorization\" \"dpop\" \"content-digest\")"
                    + ";created=1750000000;keyid=\"test-key-ed25519\";tag=\"fapi-2-request\""),
            Map.entry("Signature", REQUEST_SIGNATURE));
  }

  @Test
  @Requirement({
    "HS-5.3.2.1-1",
    "HS-5.3.2.1-2",
    "HS-5.3.2.1-3",
    "HS-5.3.2.1-4",
    "HS-5.3.2.1-5",
    "HS-5.3.2.1-6",
    "HS-5.3.2.1-7"
  })
  void signsTheResponseBitForBit() throws Exception {
    ResponseMessage response = ResponseMessage.of(201, Headers.NONE, request());

    assertThat(FapiResponseSignature.sign(JOSE, key(), response, List.of(), RECEIPT, ANSWERED))
        .containsExactly(
            Map.entry("Content-Digest", "sha-256=:Mvvinw6IdmUOWqS0nDlwU5jepDv5pVfsluFd9LehbLE=:"),
            Map.entry(
                "Signature-Input",
                "sig1=(\"@status\" \"content-digest\" \"@method\";req \"@target-uri\";req"
                    + " \"content-digest\";req \"signature-input\";req \"signature\";req)"
                    + ";created=1750000001;keyid=\"test-key-ed25519\";tag=\"fapi-2-response\""),
            Map.entry(
                "Signature",
                "sig1=:qX4Rt2pRpP9iO6pDyzavEVHH9BfcfOq57hZnEBV1BYibQnwI2PSSsAAq8OH7YVmh5wqn8XUXxXubcC8qpRa5Cg==:"));
  }

  @Test
  @Requirement({"HS-5.3.1.2-2", "HS-5.3.2.2-2"})
  void verifiesBoth() throws Exception {
    JwkSet keys = JwkSet.of(List.of(key().publicJwk()));
    VerifiedRequestSignature verified =
        FapiRequestSignature.read(request(), ANSWERED).verify(JOSE, keys);
    assertThat(verified.content(ORDER)).isEqualTo(ORDER);
    assertThatThrownBy(() -> verified.content(RECEIPT))
        .isInstanceOf(InvalidHttpSignatureException.class);

    ResponseMessage response = ResponseMessage.of(201, Headers.NONE, verified.request());
    ResponseMessage signed =
        Signed.with(
            response,
            new ArrayList<>(
                FapiResponseSignature.sign(JOSE, key(), response, List.of(), RECEIPT, ANSWERED)));
    assertThat(FapiResponseSignature.read(signed, ANSWERED).verify(JOSE, keys, RECEIPT).content())
        .isEqualTo(RECEIPT);
  }
}
