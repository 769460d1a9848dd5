package dev.countersign.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose peers are proxies: those that are trusted, and others. */
class BehindProxyTest {
  private static final String ADDRESSES =
      "trusted_proxies: {addresses: [127.0.0.0/8], client_address: X-Forwarded-For}\n";
  private static final String CERTIFICATES =
      "trusted_proxies: {addresses: ['%s'], client_certificate: true}\n";

  @TempDir private Path folder;

  @Test
  @Requirement({"BCP-2.6-3"})
  void countsFailedLoginsByWhomTheProxyNames() {
    try (TestServer server = throttled(ADDRESSES)) {
      fail(server, "192.0.2.1");
      // What the person adds in front is not believed.
      assertThat(tried(server, "198.51.100.9, 192.0.2.1")).isEqualTo(429);
      assertThat(tried(server, "192.0.2.2")).isEqualTo(200);
    }
  }

  @Test
  @Requirement({"BCP-2.6-3"})
  void countsFailedLoginsByThePeerWhereNoProxyIsTrusted() {
    try (TestServer server = throttled("")) {
      fail(server, "192.0.2.1");
      assertThat(tried(server, "192.0.2.2")).isEqualTo(429);
    }
  }

  private TestServer throttled(String proxies) {
    return new TestServer(
        folder,
        yaml ->
            proxies
                + People.in(yaml).replace("failures_per_address: none", "failures_per_address: 2"));
  }

  private static void fail(TestServer server, String forwarded) {
    assertThat(tried(server, forwarded)).isEqualTo(200);
    assertThat(tried(server, forwarded)).isEqualTo(200);
    assertThat(tried(server, forwarded)).isEqualTo(429);
  }

  /** The status of a failed login. */
  private static int tried(TestServer server, String forwarded) {
    Browser browser = new Browser(server).behind(forwarded);
    Shown login = browser.start();
    return browser.logIn(login, People.ANNA, "wrong").status();
  }

  @Test
  @Requirement({"MT-12", "MT-13"})
  void refusesACertificateFromAStrangerAndSaysWhy() throws Exception {
    try (TestServer server =
        new TestServer(folder, yaml -> CERTIFICATES.formatted("10.0.0.0/8") + yaml)) {
      Reply reply = withCertificate(server, certificate());
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.header("Strict-Transport-Security")).isPresent();
      assertThat(reply.header("Cache-Control").orElseThrow()).contains("no-store");
      assertThat(server.logged("rule")).contains("MT-12");
      assertThat(server.logged("detail").orElseThrow()).contains("no trusted proxy");
    }
  }

  @Test
  @Requirement({"MT-13"})
  void refusesACertificateInAWrongFormAndSaysWhy() throws Exception {
    try (TestServer server =
        new TestServer(folder, yaml -> CERTIFICATES.formatted("127.0.0.1") + yaml)) {
      assertThat(withCertificate(server, certificate()).status()).isEqualTo(415);
      assertThat(withCertificate(server, certificate().replace(":", "")).status()).isEqualTo(400);
      assertThat(server.logged("rule")).contains("MT-13");
      assertThat(server.logged("detail").orElseThrow()).contains("byte sequence");
    }
  }

  @Test
  @Requirement({"MT-10", "MT-5"})
  void bindsATokenToTheCertificateThatATrustedProxyBrings() throws Exception {
    String bound = "name: The Machine\n    tls_client_certificate_bound_access_tokens: true\n";
    try (TestServer server =
        new TestServer(
            folder,
            yaml ->
                CERTIFICATES.formatted("127.0.0.1") + yaml.replace("name: The Machine\n", bound))) {
      TestClient machine = server.machine();
      Reply tokens = machineToken(server, machine, certificate());
      assertThat(tokens.string("token_type")).isEqualTo("Bearer");
      String token = tokens.string("access_token");
      String body = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
      String claims = new String(Base64.getUrlDecoder().decode(body), UTF_8);
      assertThat(claims)
          .contains(CertificateThumbprint.of(TestTls.LOCALHOST.certificate()).value());
    }
  }

  private static Reply machineToken(TestServer server, TestClient machine, String certificate) {
    Params form =
        Params.of("grant_type", "client_credentials")
            .and(machine.authenticatedBy(machine.assertion()));
    return server.send(
        "POST",
        server.url("/token"),
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Client-Cert", certificate)),
        form.encode().getBytes(UTF_8));
  }

  private static Reply withCertificate(TestServer server, String value) {
    return server.send(
        "POST", server.url("/token"), List.of(Map.entry("Client-Cert", value)), new byte[0]);
  }

  private static String certificate() throws GeneralSecurityException {
    byte[] der = TestTls.LOCALHOST.certificate().getEncoded();
    return ":" + Base64.getEncoder().encodeToString(der) + ":";
  }
}
