package dev.countersign.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metadata says of certificates what the configuration makes possible, and no more. */
class MutualTlsMetadataTest {
  private static final String LISTENER = "mtls: {url: 'https://mtls.example.com:9443', port: 0}\n";
  private static final String AUTHORITIES = "client_certificate_authorities: [client-ca.pem]\n";
  private static final String PROXY =
      "trusted_proxies: {addresses: ['10.0.0.0/8'], client_certificate: true}\n";
  private static final TestTls AUTHORITY =
      TestCertificate.selfSigned("CN=Client Authority").authority().make();

  @TempDir private Path folder;

  private JsonObject metadata(String above, String... without) throws Exception {
    Files.writeString(
        folder.resolve("client-ca.pem"),
        TestTls.pem("CERTIFICATE", AUTHORITY.certificate().getEncoded()));
    try (TestServer server =
        new TestServer(
            folder,
            yaml -> {
              String changed = above + yaml;
              for (String gone : without) {
                changed = changed.replaceAll(gone, "");
              }
              return changed;
            })) {
      return server.get(server.url("/.well-known/openid-configuration")).json();
    }
  }

  private static List<String> methods(JsonObject metadata) throws Exception {
    List<String> methods = metadata.strings("token_endpoint_auth_methods_supported").orElseThrow();
    for (String endpoint : List.of("revocation", "introspection")) {
      assertThat(metadata.strings(endpoint + "_endpoint_auth_methods_supported")).contains(methods);
    }
    return methods;
  }

  @Test
  @Requirement({"MT-8", "SP-5.3.2.1-6", "SP-5.3.2.1-1"})
  void saysNothingOfCertificatesWhereNoneIsEverSeen() throws Exception {
    JsonObject metadata = metadata(AUTHORITIES);
    assertThat(methods(metadata)).containsExactly("private_key_jwt");
    assertThat(metadata.bool("tls_client_certificate_bound_access_tokens")).contains(false);
    assertThat(metadata.has("mtls_endpoint_aliases")).isFalse();
  }

  @Test
  @Requirement({"MT-8", "SP-5.2.2.1-2", "SP-5.3.2.1-6"})
  void namesTheAliasesOfEveryEndpointOfTheBackChannel() throws Exception {
    JsonObject metadata = metadata(LISTENER + AUTHORITIES);
    assertThat(methods(metadata))
        .containsExactlyInAnyOrder(
            "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
    assertThat(metadata.bool("tls_client_certificate_bound_access_tokens")).contains(true);
    JsonObject aliases = metadata.object("mtls_endpoint_aliases").orElseThrow();
    Map<String, String> paths =
        Map.of(
            "pushed_authorization_request_endpoint", "par",
            "token_endpoint", "token",
            "userinfo_endpoint", "userinfo",
            "introspection_endpoint", "introspect",
            "revocation_endpoint", "revoke");
    assertThat(aliases.names()).isEqualTo(paths.keySet());
    for (String name : paths.keySet()) {
      assertThat(aliases.string(name))
          .contains("https://mtls.example.com:9443/tenant/" + paths.get(name));
      assertThat(metadata.string(name)).contains(TestServer.ISSUER.value() + "/" + paths.get(name));
    }
  }

  @Test
  @Requirement({"MT-8", "SP-5.3.2.1-6"})
  void leavesOutTheMethodThatNeedsAnAuthorityWhereThereIsNone() throws Exception {
    assertThat(methods(metadata(LISTENER)))
        .containsExactlyInAnyOrder("private_key_jwt", "self_signed_tls_client_auth");
  }

  @Test
  @Requirement({"MT-8", "MT-10"})
  void hasNoAliasesWhereAProxyBringsTheCertificates() throws Exception {
    JsonObject metadata = metadata(PROXY);
    assertThat(methods(metadata)).contains("self_signed_tls_client_auth");
    assertThat(metadata.bool("tls_client_certificate_bound_access_tokens")).contains(true);
    assertThat(metadata.has("mtls_endpoint_aliases")).isFalse();
  }

  @Test
  @Requirement({"SP-5.2.2.1-2"})
  void namesNoAliasOfAnEndpointThatIsNot() throws Exception {
    JsonObject metadata = metadata(LISTENER, "(?s)resource_servers:\n.*?(?=users:)");
    assertThat(metadata.object("mtls_endpoint_aliases").orElseThrow().names())
        .doesNotContain("introspection_endpoint");
  }
}
