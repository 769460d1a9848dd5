package dev.countersign.protocol.httpsig;

import static dev.countersign.protocol.httpsig.HandSigned.parameters;
import static dev.countersign.protocol.httpsig.Rfc9421Samples.headers;
import static dev.countersign.protocol.httpsig.Rfc9421Samples.p256;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The test cases of RFC 9421: the messages of appendix B, their bases, and the signatures of the
 * two algorithms that are ours, too. Those that another algorithm signed are compared by their
 * bases.
 */
@Requirement({"SIG-1", "SIG-2", "SIG-3", "SIG-4", "SIG-5", "SIG-6"})
class Rfc9421VectorTest {
  private static final Jose JOSE = Jose.jdk();

  private static final String DIGEST =
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

  /** {@code test-request} of B.2. */
  private static final RequestMessage REQUEST =
      request(
          "https://example.com/foo?param=Value&Pet=dog",
          "Host: example.com",
          "Date: Tue, 20 Apr 2021 02:07:55 GMT",
          "Content-Type: application/json",
          "Content-Digest: " + DIGEST,
          "Content-Length: 18");

  /** {@code test-response} of B.2. */
  private static final ResponseMessage RESPONSE =
      ResponseMessage.of(
          200,
          headers(
              "Date: Tue, 20 Apr 2021 02:07:56 GMT",
              "Content-Type: application/json",
              "Content-Digest:"
                  + " sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:",
              "Content-Length: 23"),
          REQUEST);

  private static RequestMessage request(String target, String... lines) {
    return RequestMessage.of("POST", URI.create(target), headers(lines));
  }

  private static String base(RequestMessage request, String parameters) throws Exception {
    return new String(SignatureBase.of(request, parameters(parameters)), US_ASCII);
  }

  private static boolean isSigned(String base, String signature, PublicJwk key) {
    return JOSE.isSigned(base.getBytes(US_ASCII), Base64.getDecoder().decode(signature), key);
  }

  @Test
  void minimalSignature() throws Exception {
    String parameters =
        "();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"";
    assertThat(base(REQUEST, parameters)).isEqualTo("\"@signature-params\": " + parameters);
  }

  @Test
  void selectiveCoveredComponents() throws Exception {
    String parameters =
        "(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created=1618884473"
            + ";keyid=\"test-key-rsa-pss\";tag=\"header-example\"";
    assertThat(base(REQUEST, parameters).lines())
        .containsExactly(
            "\"@authority\": example.com",
            "\"content-digest\": " + DIGEST,
            "\"@query-param\";name=\"Pet\": dog",
            "\"@signature-params\": " + parameters);
  }

  @Test
  void fullCoverage() throws Exception {
    String parameters =
        "(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\""
            + " \"content-digest\""
            + " \"content-length\");created=1618884473;keyid=\"test-key-rsa-pss\"";
    assertThat(base(REQUEST, parameters).lines())
        .containsExactly(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT",
            "\"@method\": POST",
            "\"@path\": /foo",
            "\"@query\": ?param=Value&Pet=dog",
            "\"@authority\": example.com",
            "\"content-type\": application/json",
            "\"content-digest\": " + DIGEST,
            "\"content-length\": 18",
            "\"@signature-params\": " + parameters);
  }

  @Test
  @Requirement("SIG-7")
  void signatureOfAResponseByEcdsa() throws Exception {
    String parameters =
        "(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473"
            + ";keyid=\"test-key-ecc-p256\"";
    String base = new String(SignatureBase.of(RESPONSE, parameters(parameters)), US_ASCII);
    assertThat(
            isSigned(
                base,
                "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==",
                p256()))
        .isTrue();
  }

  @Test
  void signatureByASharedSecret() throws Exception {
    String parameters =
        "(\"date\" \"@authority\""
            + " \"content-type\");created=1618884473;keyid=\"test-shared-secret\"";
    assertThat(base(REQUEST, parameters).lines())
        .containsExactly(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT",
            "\"@authority\": example.com",
            "\"content-type\": application/json",
            "\"@signature-params\": " + parameters);
  }

  @Test
  @Requirement("SIG-7")
  void signatureByEd25519() throws Exception {
    String base =
        base(
            REQUEST,
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"");
    String expected =
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";

    assertThat(JOSE.sign(base.getBytes(US_ASCII), FapiVectorTest.key()))
        .isEqualTo(Base64.getDecoder().decode(expected));
    assertThat(isSigned(base, expected, FapiVectorTest.key().publicJwk())).isTrue();
  }

  /** Section 2.4. */
  @Test
  @Requirement({"SIG-7", "SIG-9"})
  void responseThatCoversItsRequest() throws Exception {
    ResponseMessage busy =
        ResponseMessage.of(
            503,
            headers(
                "Date: Tue, 20 Apr 2021 02:07:56 GMT",
                "Content-Type: application/json",
                "Content-Length: 62",
                "Content-Digest:"
                    + " sha-512=:0Y6iCBzGg5rZtoXS95Ijz03mslf6KAMCloESHObfwnHJDbkkWWQz6PhhU9kxsTbARtY2PTBOzq24uJFpHsMuAg==:"),
            REQUEST);
    String base =
        new String(
            SignatureBase.of(
                busy,
                parameters(
                    "(\"@status\" \"content-digest\" \"content-type\" \"@authority\";req"
                        + " \"@method\";req \"@path\";req \"content-digest\";req)"
                        + ";created=1618884479;keyid=\"test-key-ecc-p256\"")),
            US_ASCII);
    assertThat(
            isSigned(
                base,
                "dMT/A/76ehrdBTD/2Xx8QuKV6FoyzEP/I9hdzKN8LQJLNgzU4W767HK05rx1i8meNQQgQPgQp8wq2ive3tV5Ag==",
                p256()))
        .isTrue();
  }

  @ParameterizedTest
  @Requirement("S-11")
  @CsvSource(
      delimiter = '|',
      value = {
        "https://www.example.com/path?param=value | \"@target-uri\" |"
            + " https://www.example.com/path?param=value",
        "https://www.EXAMPLE.com:443/path | \"@authority\" | www.example.com",
        "https://www.example.com:8443/path | \"@authority\" | www.example.com:8443",
        "http://www.example.com:80/ | \"@authority\" | www.example.com",
        "HTTPS://www.example.com/path | \"@scheme\" | https",
        "https://www.example.com/path?param=value | \"@request-target\" | /path?param=value",
        "https://www.example.com/path | \"@request-target\" | /path",
        "https://www.example.com/p%61th | \"@path\" | /p%61th",
        "https://www.example.com | \"@path\" | /",
        "https://www.example.com/path?param=value&foo=bar&baz=bat%2Dman | \"@query\" |"
            + " ?param=value&foo=bar&baz=bat%2Dman",
        "https://www.example.com/path?queryString | \"@query\" | ?queryString",
        "https://www.example.com/path | \"@query\" | ?",
        "https://www.example.com/path?param=value&foo=bar&baz=batman&qux= |"
            + " \"@query-param\";name=\"baz\" | batman",
        "https://www.example.com/path?var=this%20is%20a%20big%0Amultiline%20value |"
            + " \"@query-param\";name=\"var\" | this%20is%20a%20big%0Amultiline%20value",
        "https://www.example.com/path?bar=with+plus+whitespace | \"@query-param\";name=\"bar\" |"
            + " with%20plus%20whitespace",
        "https://www.example.com/path?fa%C3%A7ade%22%3A%20=something |"
            + " \"@query-param\";name=\"fa%C3%A7ade%22%3A%20\" | something"
      })
  void derivesAsInSection22(String target, String component, String value) throws Exception {
    assertThat(base(request(target), "(" + component + ")").lines().findFirst())
        .hasValue(component + ": " + value);
  }

  @Test
  void readsAnEmptyQueryParameter() throws Exception {
    assertThat(base(request("https://a.example/?qux="), "(\"@query-param\";name=\"qux\")").lines())
        .first()
        .isEqualTo("\"@query-param\";name=\"qux\": ");
  }

  /** Sections 2.1 to 2.1.3. */
  @Test
  @Requirement("S-11")
  void writesFieldsAsInSection21() throws Exception {
    RequestMessage request =
        request(
            "https://a.example/",
            "X-OWS-Header:   Leading and trailing whitespace.   ",
            "Cache-Control: max-age=60",
            "Cache-Control:    must-revalidate",
            "Priority:  u=1,   i,   urgency=?1;b=2 ",
            "Example-Header: value, with, lots",
            "Example-Header: of, commas",
            "X-Empty-Header: ");
    assertThat(
            base(
                    request,
                    "(\"x-ows-header\" \"cache-control\" \"x-empty-header\" \"priority\";sf"
                        + " \"priority\";key=\"i\" \"priority\";key=\"u\" \"example-header\";bs"
                        + " \"example-header\")")
                .lines())
        .startsWith(
            "\"x-ows-header\": Leading and trailing whitespace.",
            "\"cache-control\": max-age=60, must-revalidate",
            "\"x-empty-header\": ",
            "\"priority\";sf: u=1, i, urgency;b=2",
            "\"priority\";key=\"i\": ?1",
            "\"priority\";key=\"u\": 1",
            "\"example-header\";bs: :dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:",
            "\"example-header\": value, with, lots, of, commas");
  }
}
