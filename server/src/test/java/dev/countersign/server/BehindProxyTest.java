package dev.countersign.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose peers are proxies: those that are trusted, and others. */
class BehindProxyTest {
  private static final String ADDRESSES =
      "trusted_proxies: {addresses: [127.0.0.0/8], client_address: X-Forwarded-For}\n";
  private static final String CERTIFICATES =
      "trusted_proxies: {addresses: ['%s'], client_certificate: true}\n";

  private static final TestTls OWN =
      CertificateHolder.valid(TestCertificate.selfSigned("CN=own")).make();
  private static final TestTls ANOTHER =
      CertificateHolder.valid(TestCertificate.selfSigned("CN=own")).make();

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

  private static TestServer certified(Path folder) {
    return new TestServer(
        folder,
        yaml ->
            CERTIFICATES.formatted("127.0.0.1")
                + yaml.replace(
                        "name: The App\n",
                        """
                        name: The App
                            tls_client_certificate_bound_access_tokens: true
                        """)
                    .replace(
                        "resource_servers:\n",
                        """
                          - client_id: certified
                            name: By Certificate
                            token_endpoint_auth_method: self_signed_tls_client_auth
                            jwks: %s
                            grant_types: [client_credentials]
                            scope: accounts
                        resource_servers:
                        """
                            .formatted(CertificateHolder.jwks(OWN))));
  }

  private static Reply token(TestServer server, Params form, TestTls shown, String... proofs) {
    Stream<Map.Entry<String, String>> headers =
        Stream.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Client-Cert", field(shown)));
    Stream<Map.Entry<String, String>> proof = Stream.of(proofs).map(one -> Map.entry("DPoP", one));
    return server.send(
        "POST",
        server.url("/token"),
        Stream.concat(headers, proof).toList(),
        form.encode().getBytes(UTF_8));
  }

  private static String field(TestTls shown) {
    return ":" + CertificateHolder.base64(shown) + ":";
  }

  @Test
  @Requirement({"MT-3", "MT-4", "MT-10"})
  void authenticatesByTheCertificateThatTheProxyHandsOn() {
    try (TestServer server = certified(folder)) {
      Params request = Params.of("grant_type", "client_credentials", "client_id", "certified");
      String proof = server.app().proof("POST", server.url("/token"));
      assertThat(token(server, request, OWN, proof).outcome()).isEqualTo("200");
      assertThat(token(server, request, ANOTHER, proof).outcome()).isEqualTo("401 invalid_client");
      assertThat(server.app().post("/token", request, List.of(proof)).outcome())
          .isEqualTo("401 invalid_client");
    }
  }

  @Test
  @Requirement({"MT-5", "MT-6", "MT-10"})
  void bindsToTheCertificateThatTheProxyHandsOn() {
    try (TestServer server = certified(folder)) {
      Params code = server.app().codeRequest(server.app().code());
      Params request = code.and(server.app().authenticatedBy(server.app().assertion()));
      String token = token(server, request, OWN).string("access_token");
      assertThat(userinfo(server, token, OWN).status()).isEqualTo(200);
      assertThat(userinfo(server, token, ANOTHER).outcome()).isEqualTo("401 invalid_token");
      assertThat(server.app().userinfo("GET", "Bearer " + token).outcome())
          .isEqualTo("401 invalid_token");
    }
  }

  private static Reply userinfo(TestServer server, String token, TestTls shown) {
    return server.send(
        "GET",
        server.url("/userinfo"),
        List.of(
            Map.entry("Authorization", "Bearer " + token), Map.entry("Client-Cert", field(shown))),
        new byte[0]);
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
