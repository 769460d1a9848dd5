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

/**
 * The test cases of RFC 9421 with somebody on the way: appendix B.3 (a proxy that ends TLS),
 * appendix B.4 (what a message may suffer), section 4.3 (a proxy that signs, too) and section 2.1.4
 * (trailers).
 */
@Requirement({"SIG-3", "SIG-4", "SIG-5", "SIG-7"})
class Rfc9421TransformedTest {
  private static final Jose JOSE = Jose.jdk();

  private static final String CERTIFICATE =
      ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVB"
          + "AMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBA"
          + "MMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be"
          + "5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjL"
          + "a38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/B"
          + "BMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSk"
          + "C3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

  private static RequestMessage request(String method, String target, String... lines) {
    return RequestMessage.of(method, URI.create(target), headers(lines));
  }

  private static boolean isSigned(
      RequestMessage request, String parameters, String signature, PublicJwk key) throws Exception {
    return JOSE.isSigned(
        SignatureBase.of(request, parameters(parameters)),
        Base64.getDecoder().decode(signature),
        key);
  }

  @Test
  void aProxySignsTheCertificateThatItSaw() throws Exception {
    RequestMessage request =
        request(
            "POST",
            "https://service.internal.example/foo?param=Value&Pet=dog",
            "Host: service.internal.example",
            "Date: Tue, 20 Apr 2021 02:07:55 GMT",
            "Content-Type: application/json",
            "Content-Length: 18",
            "Client-Cert: " + CERTIFICATE);
    String parameters =
        "(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\")"
            + ";created=1618884473;keyid=\"test-key-ecc-p256\"";

    assertThat(new String(SignatureBase.of(request, parameters(parameters)), US_ASCII))
        .isEqualTo(
            """
            "@path": /foo
            "@query": ?param=Value&Pet=dog
            "@method": POST
            "@authority": service.internal.example
            "client-cert": %s
            "@signature-params": %s\
            """
                .formatted(CERTIFICATE, parameters));
    assertThat(
            isSigned(
                request,
                parameters,
                "xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==",
                p256()))
        .isTrue();
  }

  private static boolean survives(RequestMessage request) throws Exception {
    return isSigned(
        request,
        "(\"@method\" \"@path\" \"@authority\" \"accept\")"
            + ";created=1618884473;keyid=\"test-key-ed25519\"",
        "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==",
        FapiVectorTest.key().publicJwk());
  }

  @Test
  void aSignatureSurvivesWhatLeavesItsComponentsAlone() throws Exception {
    String target = "https://example.org/demo?name1=Value1&Name2=value2";
    String date = "Date: Fri, 15 Jul 2022 14:24:55 GMT";
    String json = "Accept: application/json";
    String any = "Accept: */*";

    assertThat(survives(request("GET", target, "Host: example.org", date, json, any))).isTrue();
    assertThat(
            survives(
                request(
                    "GET",
                    target + "&param=added",
                    "Host: example.org",
                    date,
                    json,
                    any,
                    "Accept-Language: en-US,en;q=0.5")))
        .isTrue();
    assertThat(
            survives(
                request(
                    "GET",
                    target,
                    "Host: example.org",
                    "Referer: https://developer.example.org/demo",
                    "Accept: application/json, */*")))
        .isTrue();
    assertThat(survives(request("GET", target, json, any, date, "Host: example.org"))).isTrue();
  }

  @Test
  void aSignatureDoesNotSurviveAnotherMethodPlaceOrOrder() throws Exception {
    String target = "https://example.org/demo?name1=Value1&Name2=value2";
    String json = "Accept: application/json";
    String any = "Accept: */*";

    assertThat(survives(request("POST", target.replace(".org", ".com"), json, any))).isFalse();
    assertThat(survives(request("POST", target, json, any))).isFalse();
    assertThat(survives(request("GET", target.replace(".org", ".com"), json, any))).isFalse();
    assertThat(survives(request("GET", target, any, json))).isFalse();
  }

  @Test
  void theSignatureOfAClientEndsWhereAProxyChangesTheAuthority() throws Exception {
    String[] fields = {
      "Date: Tue, 20 Apr 2021 02:07:56 GMT",
      "Content-Type: application/json",
      "Content-Length: 18",
      "Content-Digest: sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7"
          + "BNNyealdVLvRwEmTHWXvJwew==:",
      "Forwarded: for=192.0.2.123;host=example.com;proto=https"
    };
    String parameters =
        "(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-type\""
            + " \"content-length\");created=1618884475;keyid=\"test-key-ecc-p256\"";
    String signature =
        "X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTDX+sNalzA8ESSaHD3A==";
    String path = "/foo?param=Value&Pet=dog";

    assertThat(
            isSigned(
                request("POST", "https://example.com" + path, fields),
                parameters,
                signature,
                p256()))
        .isTrue();
    assertThat(
            isSigned(
                request("POST", "https://origin.host.internal.example" + path, fields),
                parameters,
                signature,
                p256()))
        .isFalse();
  }

  @Test
  @Requirement("SIG-2")
  void trailersAreNotHeaders() throws Exception {
    ResponseMessage response =
        new ResponseMessage(
            200,
            headers("Content-Type: text/plain", "Trailer: Expires"),
            headers("Expires: Wed, 9 Nov 2022 07:28:00 GMT"),
            request("GET", "https://example.com/"));
    assertThat(
            new String(
                SignatureBase.of(response, parameters("(\"@status\" \"trailer\" \"expires\";tr)")),
                US_ASCII))
        .isEqualTo(
            """
            "@status": 200
            "trailer": Expires
            "expires";tr: Wed, 9 Nov 2022 07:28:00 GMT
            "@signature-params": ("@status" "trailer" "expires";tr)\
            """);
    HandSigned.assertRefused(
        "SIG-2", () -> SignatureBase.of(response, parameters("(\"expires\")")));
  }
}
