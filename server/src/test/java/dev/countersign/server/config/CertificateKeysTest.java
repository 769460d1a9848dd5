package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.client.TokenBinding;
import dev.countersign.server.kit.CertificateClient;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys about client certificates, and what contradicts itself in them. */
class CertificateKeysTest {
  private static final String LISTENER = "mtls: {url: 'https://mtls.auth.example.com', port: 0}\n";
  private static final String PROXY =
      "trusted_proxies: {addresses: ['10.0.0.0/8'], client_certificate: true}\n";
  private static final String AUTHORITIES = "client_certificate_authorities: [client-ca.pem]\n";
  private static final String DN = "tls_client_auth_subject_dn: 'CN=app, C=CH'";
  private static final TestTls AUTHORITY =
      TestCertificate.selfSigned("CN=Client Authority").authority().make();
  private static final TestTls CLIENT = TestCertificate.selfSigned("CN=client").make();
  private static final TestTls OTHER = TestCertificate.selfSigned("CN=client").make();

  @TempDir private Path folder;

  static String pem(TestTls of) {
    try {
      return TestTls.pem("CERTIFICATE", of.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(folder.resolve("client-ca.pem"), pem(AUTHORITY));
    Files.writeString(folder.resolve("client.pem"), pem(CLIENT));
  }

  private static String yaml(String above, String... keys) {
    return ConfigFileTest.LEAST
        + above
        + """
        clients:
          - client_id: app
            name: The App
            grant_types: [client_credentials]
            scope: openid
        """
        + "    "
        + String.join("\n    ", keys)
        + "\n";
  }

  private RegisteredClient client(String above, String... keys) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", yaml(above, keys), folder).clients().getFirst();
  }

  private ConfigProblem problem(String above, String... keys) {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigFile.parse("countersign.yaml", yaml(above, keys), folder));
    assertThat(e).as("no problem was found").isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().getFirst();
  }

  private static String jwks(TestTls key, TestTls shown) {
    return "jwks: " + CertificateClient.jwks(key, shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dpop_bound_access_tokens: true  | tls_client_certificate_bound_access_tokens: false |"
            + " DPOP",
        "dpop_bound_access_tokens: true  | tls_client_certificate_bound_access_tokens: true  |"
            + " DPOP",
        "dpop_bound_access_tokens: false | tls_client_certificate_bound_access_tokens: true  |"
            + " CERTIFICATE",
        "dpop_bound_access_tokens:       | tls_client_certificate_bound_access_tokens: true  |"
            + " CERTIFICATE",
        "dpop_bound_access_tokens:       | tls_client_certificate_bound_access_tokens:       |"
            + " DPOP",
      })
  @Requirement({"DP-8", "MT-8", "SP-5.3.2.1-5"})
  void theRegistrationDecidesWhatTokensAreBoundTo(
      String proofs, String certificates, TokenBinding binding) throws ConfigException {
    assertThat(client(LISTENER, jwks(CLIENT, CLIENT), proofs, certificates).binding())
        .isEqualTo(binding);
  }

  @Test
  @Requirement({"SP-5.3.2.1-4"})
  void refusesAClientWhoseTokensWouldBeBoundToNothing() {
    assertThat(problem(LISTENER, jwks(CLIENT, CLIENT), "dpop_bound_access_tokens: false").fault())
        .contains("SP-5.3.2.1-4");
  }

  @ParameterizedTest
  @CsvSource({
    "token_endpoint_auth_method, self_signed_tls_client_auth",
    "tls_client_certificate_bound_access_tokens, true",
    "use_mtls_endpoint_aliases, true"
  })
  @Requirement({"MT-10"})
  void refusesWhatNeedsACertificateWhereNoneIsEverSeen(String key, String value)
      throws ConfigException {
    String line = key + ": " + value;
    ConfigProblem problem = problem("", jwks(CLIENT, CLIENT), line);
    assertThat(problem.key()).isEqualTo("clients[0]." + key);
    assertThat(problem.fault()).contains("mtls.url");
    assertThat(client(LISTENER, jwks(CLIENT, CLIENT), line)).isNotNull();
  }

  @Test
  void takesAProxyInPlaceOfTheListenerButNotForAliases() throws ConfigException {
    String bound = "tls_client_certificate_bound_access_tokens: true";
    assertThat(client(PROXY, jwks(CLIENT, CLIENT), bound)).isNotNull();
    assertThat(problem(PROXY, jwks(CLIENT, CLIENT), "use_mtls_endpoint_aliases: true").fault())
        .contains("no aliases");
  }

  @Test
  @Requirement({"MT-2"})
  void demandsAuthoritiesForTlsClientAuth() throws ConfigException {
    String method = "token_endpoint_auth_method: tls_client_auth";
    assertThat(problem(LISTENER, method, DN).fault()).contains("client_certificate_authorities");
    assertThat(client(LISTENER + AUTHORITIES, method, DN)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"client.pem, not an authority's", "empty.pem, certificate", "none.pem, no readable"})
  @Requirement({"MT-2"})
  void refusesAuthoritiesThatAreNone(String file, String fault) {
    String above = LISTENER + AUTHORITIES.replace("client-ca.pem", file);
    assertThat(problem(above, jwks(CLIENT, CLIENT)).fault()).contains(fault);
  }

  @Test
  @Requirement({"MT-2"})
  void demandsExactlyOneSubject() {
    String above = LISTENER + AUTHORITIES;
    String method = "token_endpoint_auth_method: tls_client_auth";
    assertThat(problem(above, method).key()).isEqualTo("clients[0].tls_client_auth_subject_dn");
    assertThat(problem(above, method, DN, "tls_client_auth_san_dns: app.example.com").fault())
        .contains("keep one");
    assertThat(problem(above, jwks(CLIENT, CLIENT), DN).fault()).contains("tls_client_auth");
  }

  @ParameterizedTest
  @CsvSource({
    "subject_dn, nobody",
    "subject_dn, 'XYZ=app'",
    "san_dns, '*.example.com'",
    "san_dns, 'https://app.example.com'",
    "san_ip, 192.0.2",
    "san_ip, 192.0.2.07",
    "san_ip, app.example.com",
    "san_ip, '2001:db8::/32'",
    "san_email, example.com"
  })
  @Requirement({"MT-2"})
  void refusesASubjectThatIsNone(String kind, String value) {
    assertThat(
            problem(
                    LISTENER + AUTHORITIES,
                    "token_endpoint_auth_method: tls_client_auth",
                    "tls_client_auth_" + kind + ": '" + value + "'")
                .fault())
        .contains("MT-2");
  }

  @Test
  @Requirement({"MT-3"})
  void demandsARegisteredCertificateThatIsOfItsKey() throws ConfigException {
    String method = "token_endpoint_auth_method: self_signed_tls_client_auth";
    assertThat(client(LISTENER, method, jwks(CLIENT, CLIENT))).isNotNull();
    assertThat(problem(LISTENER, method, jwks(CLIENT, OTHER)).key()).isEqualTo("clients[0].jwks");
    String bare = jwks(CLIENT, CLIENT).replaceAll(",\"x5c\":.*?]", "");
    assertThat(problem(LISTENER, method, bare).fault()).contains("x5c");
    assertThat(problem(LISTENER, method).key()).isEqualTo("clients[0].jwks");
    assertThat(client(LISTENER, method, "jwks_uri: 'https://app.example.com/jwks'")).isNotNull();
  }

  @Test
  void refusesAnAlgorithmOfAssertionsThatNobodySigns() {
    assertThat(
            problem(
                    LISTENER,
                    "token_endpoint_auth_method: self_signed_tls_client_auth",
                    jwks(CLIENT, CLIENT),
                    "token_endpoint_auth_signing_alg: ES256")
                .key())
        .isEqualTo("clients[0].token_endpoint_auth_signing_alg");
  }
}
