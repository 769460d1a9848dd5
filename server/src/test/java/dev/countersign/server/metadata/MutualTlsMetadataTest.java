package dev.countersign.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metadata says of client certificates: what is switched on, and nothing else. */
class MutualTlsMetadataTest {
  private static final String ALIASES = "mtls_endpoint_aliases";
  private static final String BOUND = "tls_client_certificate_bound_access_tokens";
  private static final List<String> METHODS =
      List.of(
          "token_endpoint_auth_methods_supported",
          "revocation_endpoint_auth_methods_supported",
          "introspection_endpoint_auth_methods_supported");
  private static final String AUTHORITIES = "client_certificate_authorities: ca.pem\n";
  private static final String PROXY =
      "trusted_proxies: {addresses: [127.0.0.1], client_certificate: true}\n";

  @TempDir private Path folder;

  private JsonObject metadata(String more) {
    CertificateHolder.write(
        folder.resolve("ca.pem"), TestCertificate.selfSigned("CN=CA").authority().make());
    try (TestServer server = new TestServer(folder, yaml -> more + yaml)) {
      Reply openId = server.get(server.url("/.well-known/openid-configuration"));
      URI inserted =
          URI.create("https://as.example.com/.well-known/oauth-authorization-server/tenant");
      assertThat(server.get(inserted).text()).isEqualTo(openId.text());
      return openId.json();
    }
  }

  private static void offers(JsonObject metadata, String... methods) throws MalformedJsonException {
    for (String member : METHODS) {
      assertThat(metadata.strings(member)).as(member).contains(List.of(methods));
    }
  }

  @Test
  @Requirement({"MT-8", "MT-9", "CA-6", "SP-5.3.2.1-6"})
  void saysNothingOfCertificatesWhereNobodyAsksForThem() throws Exception {
    for (String more : List.of("", AUTHORITIES)) {
      JsonObject metadata = metadata(more);
      assertThat(metadata.names()).doesNotContain(ALIASES, BOUND);
      offers(metadata, "private_key_jwt");
    }
  }

  @Test
  @Requirement({"SP-5.2.2.1-2", "MT-8", "MT-9", "CA-6", "SP-5.3.2.1-1", "SP-5.3.2.1-6"})
  void namesTheSecondListenerAndWhatItMakesPossible() throws Exception {
    JsonObject metadata = metadata(CertificateHolder.LISTENER);
    assertThat(metadata.bool(BOUND)).contains(true);
    offers(metadata, "private_key_jwt", "self_signed_tls_client_auth");
    JsonObject aliases = metadata.object(ALIASES).orElseThrow();
    assertThat(aliases.names())
        .containsExactlyInAnyOrder(
            "pushed_authorization_request_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "introspection_endpoint",
            "revocation_endpoint");
    for (String endpoint : aliases.names()) {
      URI alias = URI.create(aliases.string(endpoint).orElseThrow());
      assertThat(alias.getRawAuthority()).isEqualTo("mtls.example.com:9443");
      assertThat(alias.getRawPath())
          .isEqualTo(URI.create(metadata.string(endpoint).orElseThrow()).getRawPath());
    }
  }

  @Test
  @Requirement({"CA-6", "MT-9"})
  void offersCertificatesOfAuthoritiesWhereSomeAreTrusted() throws Exception {
    JsonObject metadata = metadata(CertificateHolder.LISTENER + AUTHORITIES);
    offers(metadata, "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
  }

  @Test
  @Requirement({"MT-8", "MT-9", "MT-10"})
  void namesNoOtherAddressWhereAProxyHandsCertificatesOn() throws Exception {
    JsonObject metadata = metadata(PROXY + AUTHORITIES);
    assertThat(metadata.names()).doesNotContain(ALIASES);
    assertThat(metadata.bool(BOUND)).contains(true);
    offers(metadata, "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
  }

  @Test
  @Requirement("MT-9")
  void hasNoAliasOfAnEndpointThatIsNotPublished() throws Exception {
    try (TestServer server =
        new TestServer(
            folder,
            yaml ->
                Stream.of(
                        CertificateHolder.LISTENER,
                        yaml.substring(0, yaml.indexOf("resource_servers:")),
                        yaml.substring(yaml.indexOf("users:")))
                    .reduce("", String::concat))) {
      JsonObject metadata = server.get(server.url("/.well-known/openid-configuration")).json();
      assertThat(metadata.names()).doesNotContain("introspection_endpoint");
      assertThat(metadata.object(ALIASES).orElseThrow().names())
          .contains("token_endpoint")
          .doesNotContain("introspection_endpoint");
    }
  }
}
