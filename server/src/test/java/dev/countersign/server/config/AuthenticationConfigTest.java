package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How clients and resource servers are registered for certificates. */
class AuthenticationConfigTest {
  private static final TestTls AUTHORITY =
      TestCertificate.selfSigned("CN=Client CA").authority().make();
  private static final TestTls CLIENT = TestCertificate.selfSigned("CN=client").make();
  private static final String MTLS = "mtls: {url: 'https://mtls.example.com'}\n";
  private static final String PROXY =
      "trusted_proxies: {addresses: [10.0.0.1], client_certificate: true}\n";
  private static final String AUTHORITIES = "client_certificate_authorities: ca.pem\n";
  private static final String SCOPES =
      "    scopes: accounts\nscopes: [{name: accounts, description: See your accounts}]\n";
  private static final String BY_DNS =
      "token_endpoint_auth_method: tls_client_auth, tls_client_auth_san_dns: app.example.com";
  private static final String SELF_SIGNED =
      "token_endpoint_auth_method: self_signed_tls_client_auth";
  private static final String KEYS = "jwks_file: keys.json";
  private static final String BOUND = "tls_client_certificate_bound_access_tokens: true";

  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    CertificateHolder.write(folder.resolve("ca.pem"), AUTHORITY);
    CertificateHolder.write(folder.resolve("both.pem"), AUTHORITY, CLIENT);
    CertificateHolder.write(folder.resolve("server.pem"), CLIENT);
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.writeString(folder.resolve("keys.json"), ConfigSamples.KEYS);
    Files.writeString(folder.resolve("certified.json"), CertificateHolder.jwks(CLIENT));
  }

  private Config config(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", ConfigSamples.LEAST + SCOPES + more, folder);
  }

  private RegisteredClient client(String setting, String keys) throws ConfigException {
    return config(setting + party("clients", keys)).clients().getFirst();
  }

  private static String party(String kind, String keys) {
    String other =
        kind.equals("clients")
            ? "name: The App, grant_types: [client_credentials], scope: accounts"
            : "resources: ['https://api.example.com']";
    return kind + ":\n  - {client_id: app, " + other + ", " + keys + "}\n";
  }

  private void refused(String setting, String keys, String fault) {
    assertThatThrownBy(() -> client(setting, keys))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.problems()).as(e.getMessage()).hasSize(1))
        .hasMessageContaining(fault);
  }

  @Test
  @Requirement({"MT-2", "SP-5.3.2.1-6"})
  void takesAClientWithACertificateOfAnAuthority() throws Exception {
    for (String setting : List.of(MTLS, PROXY)) {
      RegisteredClient client = client(setting + AUTHORITIES, BY_DNS);
      assertThat(client.authentication())
          .isInstanceOf(ClientAuthentication.TlsClientAuth.class)
          .hasToString("TlsClientAuth[subject=SanDns[value=app.example.com]]");
      assertThat(client.keys()).isEqualTo(ClientKeys.none());
      assertThat(client.binding()).isEqualTo(SenderConstraint.DPOP);
    }
    assertThat(client(MTLS + AUTHORITIES, BY_DNS + ", " + KEYS).keys())
        .isInstanceOf(ClientKeys.Fixed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject_dn | 'CN=app, O=Example Ltd, C=DE'",
        "san_dns    | app.example.com",
        "san_uri    | https://app.example.com/id",
        "san_ip     | 192.0.2.7",
        "san_ip     | 2001:db8::7",
        "san_email  | app@example.com"
      })
  @Requirement("MT-2")
  void takesEachKindOfSubject(String kind, String value) throws Exception {
    String line =
        "token_endpoint_auth_method: tls_client_auth, tls_client_auth_"
            + kind
            + ": '"
            + value
            + "'";
    assertThat(client(MTLS + AUTHORITIES, line).authentication().toString()).contains(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject_dn | app",
        "subject_dn | ''",
        "subject_dn | CN",
        "san_dns    | '*.example.com'",
        "san_dns    | https://app.example.com",
        "san_uri    | ' '",
        "san_ip     | app.example.com",
        "san_ip     | 192.0.2",
        "san_ip     | 192.0.2.256",
        "san_ip     | 2001:db8:::7",
        "san_email  | app",
        "san_email  | '@example.com'",
        "san_email  | app@"
      })
  @Requirement("MT-2")
  void refusesASubjectOfAWrongForm(String kind, String value) {
    String key = "tls_client_auth_" + kind;
    assertThatThrownBy(
            () ->
                client(
                    MTLS + AUTHORITIES,
                    "token_endpoint_auth_method: tls_client_auth, " + key + ": '" + value + "'"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("clients[0]." + key)
        .hasMessageContaining("for example: " + key);
  }

  @Test
  @Requirement("MT-2")
  void refusesNoSubjectAndTwo() {
    refused(
        MTLS + AUTHORITIES,
        "token_endpoint_auth_method: tls_client_auth",
        "tls_client_auth_subject_dn: is missing");
    refused(
        MTLS + AUTHORITIES,
        BY_DNS + ", tls_client_auth_san_ip: 192.0.2.7",
        "tls_client_auth_san_ip: stands beside tls_client_auth_san_dns");
  }

  @Test
  @Requirement("MT-2")
  void refusesASubjectThatWouldCountForNothing() {
    refused(
        MTLS,
        KEYS + ", tls_client_auth_san_dns: app.example.com",
        "means something with `tls_client_auth` alone");
    refused(
        MTLS,
        SELF_SIGNED + ", jwks_file: certified.json, tls_client_auth_san_dns: app.example.com",
        "means something with `tls_client_auth` alone");
  }

  @Test
  void refusesAnAlgorithmOfAssertionsThatTheClientDoesNotMake() {
    refused(
        MTLS + AUTHORITIES,
        BY_DNS + ", token_endpoint_auth_signing_alg: ES256",
        "means something with `private_key_jwt` alone");
  }

  @Test
  @Requirement({"MT-2", "SP-5.3.2.1-6"})
  void refusesTheMethodWhereNobodyAsksForCertificates() {
    refused(AUTHORITIES, BY_DNS, "token_endpoint_auth_method: needs `mtls.url`");
    refused(
        PROXY.replace("client_certificate: true", "client_address: Forwarded") + AUTHORITIES,
        BY_DNS,
        "token_endpoint_auth_method: needs `mtls.url`");
    refused(
        "",
        SELF_SIGNED + ", jwks_file: certified.json",
        "token_endpoint_auth_method: needs `mtls.url`");
  }

  @Test
  @Requirement("MT-2")
  void refusesTheMethodWhereNoAuthorityIsTrusted() {
    refused(MTLS, BY_DNS, "needs `client_certificate_authorities`");
  }

  @Test
  @Requirement("MT-2")
  void refusesAuthoritiesThatAreNone() {
    for (String line :
        List.of(
            "both.pem: holds a certificate that is no authority's (MT-2)",
            "keys.json: no certificates in PEM can be read",
            "server-key.pem: no certificate in",
            "gone.pem: ")) {
      String file = line.substring(0, line.indexOf(':'));
      refused(
          MTLS + "client_certificate_authorities: " + file + "\n",
          KEYS,
          "client_certificate_authorities: " + line.substring(file.length() + 2));
    }
  }

  @Test
  @Requirement("MT-3")
  void takesAClientWithItsOwnCertificate() throws Exception {
    for (String keys : List.of("jwks_file: certified.json", "jwks_uri: 'https://a.example/k'")) {
      assertThat(client(MTLS, SELF_SIGNED + ", " + keys).authentication())
          .isEqualTo(new ClientAuthentication.SelfSignedTlsClientAuth());
    }
  }

  @Test
  @Requirement("MT-3")
  void refusesAClientWithItsOwnCertificateThatItDoesNotName() {
    refused(MTLS, SELF_SIGNED + ", " + KEYS, "needs a key with an `x5c` in its jwks (MT-3)");
    refused(MTLS, SELF_SIGNED, "jwks: is missing");
  }

  @Test
  @Requirement("SP-5.3.2.1-6")
  void refusesAnyOtherMethod() {
    for (String method : List.of("client_secret_basic", "none", "TLS_CLIENT_AUTH")) {
      refused(MTLS, KEYS + ", token_endpoint_auth_method: " + method, "(SP-5.3.2.1-6)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, DPOP",
        "true, -, DPOP",
        "-, false, DPOP",
        "true, false, DPOP",
        "-, true, MTLS",
        "false, true, MTLS",
        "true, true, DPOP"
      })
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-8", "MT-8"})
  void bindsAsTheRegistrationSays(String proof, String certificate, SenderConstraint binding)
      throws Exception {
    String lines =
        KEYS
            + (proof == null ? "" : ", dpop_bound_access_tokens: " + proof)
            + (certificate == null
                ? ""
                : ", tls_client_certificate_bound_access_tokens: " + certificate);
    assertThat(client(MTLS, lines).binding()).isEqualTo(binding);
  }

  @Test
  @Requirement({"SP-5.3.2.1-4"})
  void refusesTokensThatAreBoundToNothing() {
    for (String certificate : List.of("", ", tls_client_certificate_bound_access_tokens: false")) {
      refused(
          MTLS,
          KEYS + ", dpop_bound_access_tokens: false" + certificate,
          "leaves its tokens bound to nothing");
    }
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "MT-8"})
  void refusesTokensBoundToCertificatesThatNobodyAsksFor() {
    refused(
        "", KEYS + ", " + BOUND, "tls_client_certificate_bound_access_tokens: needs `mtls.url`");
  }

  @Test
  @Requirement({"MT-2", "MT-3"})
  void registersResourceServersAlike() throws Exception {
    RegisteredClient api =
        config(MTLS + AUTHORITIES + party("resource_servers", BY_DNS)).resourceServers().getFirst();
    assertThat(api.authentication()).isInstanceOf(ClientAuthentication.TlsClientAuth.class);
    assertThatThrownBy(() -> config(MTLS + party("resource_servers", BY_DNS)))
        .hasMessageContaining("resource_servers[0].token_endpoint_auth_method")
        .hasMessageContaining("needs `client_certificate_authorities`");
  }

  @Test
  @Requirement("SP-5.2.2.1.1-1")
  void keepsForTheRecordThatAClientWasToldToUseAliases() throws Exception {
    assertThat(client("", KEYS + ", use_mtls_endpoint_aliases: true")).isNotNull();
    refused("", KEYS + ", use_mtls_endpoint_aliases: maybe", "use_mtls_endpoint_aliases");
  }
}
