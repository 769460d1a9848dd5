package dev.countersign.server.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A resource server that authenticates by its certificate. */
@Requirement({"IN-1", "MT-3"})
class CertificateCallersTest extends EndpointTest {
  private static final String MTLS = "mtls: {url: 'https://mtls.example.com', port: 0}\n";
  private static final TestTls OWN = TestTls.forHost("api");
  private static final TestTls OTHER = TestTls.forHost("api");

  @Override
  protected String configuration(String yaml) {
    return MTLS
        + yaml.replace(
            "resource_servers:\n",
            """
            resource_servers:
              - client_id: api-by-certificate
                resources: ['%s']
                token_endpoint_auth_method: self_signed_tls_client_auth
                jwks: {keys: [%s]}
            """
                .formatted(TestServer.API, jwk(OWN)));
  }

  /** Certificates of tests are good for an hour around now. */
  @BeforeAll
  void letItBeNow() {
    server.pass(Duration.between(server.now(), Instant.now()));
  }

  private static String jwk(TestTls tls) {
    ECPublicKey key = (ECPublicKey) tls.certificate().getPublicKey();
    try {
      return "{kty: EC, crv: P-256, x: '%s', y: '%s', x5c: ['%s']}"
          .formatted(
              coordinate(key.getW().getAffineX()),
              coordinate(key.getW().getAffineY()),
              Base64.getEncoder().encodeToString(tls.certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] padded = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(padded);
  }

  private Reply ask(SSLContext tls, int port, Params asked) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
      return new Reply(
          http.send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/tenant/introspect"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(asked.encode()))
                  .build(),
              BodyHandlers.ofByteArray()));
    }
  }

  private static SSLContext with(TestTls certificate) {
    return certificate.client(TestTls.LOCALHOST.certificate());
  }

  private Params token() {
    return Params.of("token", server.app().tokens().string("access_token"))
        .and("client_id", "api-by-certificate");
  }

  @Test
  void isToldOfItsTokensOnTheListenerThatAsksForCertificates() throws Exception {
    Reply reply = ask(with(OWN), server.mtlsPort(), token());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).startsWith("{\"active\":true,");
  }

  @Test
  void isRefusedWithoutItsCertificate() throws Exception {
    assertThat(ask(with(OTHER), server.mtlsPort(), token()).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(ask(server.tls().trust(), server.mtlsPort(), token()).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(ask(with(OWN), server.port(), token()).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"MT-9"})
  void findsTheAliasInTheMetadata() throws MalformedJsonException, IOException {
    assertThat(
            server
                .get(TestServer.ISSUER.openIdConfiguration())
                .json()
                .object("mtls_endpoint_aliases")
                .orElseThrow()
                .string("introspection_endpoint"))
        .contains("https://mtls.example.com/tenant/introspect");
  }
}
