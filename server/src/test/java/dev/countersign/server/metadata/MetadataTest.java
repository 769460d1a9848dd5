package dev.countersign.server.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest extends EndpointTest {
  private static final URI INSERTED =
      URI.create("https://as.example.com/.well-known/oauth-authorization-server/tenant");
  private static final URI APPENDED =
      URI.create("https://as.example.com/tenant/.well-known/openid-configuration");

  @Override
  protected String configuration(String yaml) {
    return yaml.replace(
            "scope: openid accounts\n",
            "scope: openid accounts\n    id_token_signed_response_alg: EdDSA\n")
        .replace(
            "scopes: reports}\n",
            "scopes: reports}\n  - {indicator: 'urn:example:batch', scopes: reports}\n");
  }

  @Test
  @Requirement({"SP-5.3.2.1-1", "BCP-2.6-1"})
  void servesTheSameDocumentAtBothPlacesOfAnIssuerWithAPath() throws InvalidMetadataException {
    Reply inserted = server.get(INSERTED);
    Reply appended = server.get(APPENDED);
    assertThat(inserted.status()).isEqualTo(200);
    assertThat(inserted.header("Content-Type")).contains("application/json");
    assertThat(inserted.text()).isEqualTo(appended.text());
    AuthorizationServerMetadata metadata =
        AuthorizationServerMetadata.parse(inserted.json(), TestServer.ISSUER);
    assertThat(metadata.issuer()).isEqualTo(TestServer.ISSUER);
    assertThat(metadata.tokenEndpoint()).isEqualTo(server.url("/token"));
    assertThat(metadata.parEndpoint()).contains(server.url("/par"));
  }

  @Test
  @Requirement({"PAR-12", "SP-5.3.2.2-7", "PKCE-4", "CA-6", "DP-8", "RV-1"})
  void saysWhatTheProfileWants() throws MalformedJsonException {
    JsonObject metadata = server.get(APPENDED).json();
    assertThat(metadata.bool("require_pushed_authorization_requests")).contains(true);
    assertThat(metadata.bool("authorization_response_iss_parameter_supported")).contains(true);
    assertThat(metadata.strings("code_challenge_methods_supported")).contains(List.of("S256"));
    assertThat(metadata.strings("response_types_supported")).contains(List.of("code"));
    assertThat(metadata.strings("token_endpoint_auth_methods_supported"))
        .contains(List.of("private_key_jwt"));
    assertThat(metadata.strings("token_endpoint_auth_signing_alg_values_supported").orElseThrow())
        .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
    assertThat(metadata.strings("dpop_signing_alg_values_supported").orElseThrow())
        .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
    assertThat(metadata.string("revocation_endpoint")).contains(server.url("/revoke").toString());
    assertThat(metadata.strings("revocation_endpoint_auth_methods_supported"))
        .contains(List.of("private_key_jwt"));
    assertThat(
            metadata.strings("revocation_endpoint_auth_signing_alg_values_supported").orElseThrow())
        .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
    assertThat(metadata.strings("grant_types_supported").orElseThrow())
        .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
    assertThat(metadata.strings("id_token_signing_alg_values_supported").orElseThrow())
        .containsExactlyInAnyOrder("ES256", "EdDSA");
    assertThat(metadata.strings("scopes_supported").orElseThrow())
        .contains("openid", "offline_access", "accounts");
  }

  @Test
  @Requirement({"JAR-8", "JARM-8", "9701-9"})
  void saysWhichMessagesItTakesAndGivesSignedAndByWhichOfItsKeys() throws MalformedJsonException {
    JsonObject metadata = server.get(APPENDED).json();
    assertThat(metadata.strings("response_modes_supported"))
        .contains(List.of("query", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt"));
    assertThat(metadata.bool("request_parameter_supported")).contains(true);
    assertThat(metadata.bool("request_uri_parameter_supported")).contains(false);
    assertThat(metadata.bool("require_signed_request_object")).contains(false);
    assertThat(metadata.strings("request_object_signing_alg_values_supported").orElseThrow())
        .containsExactly("PS256", "ES256", "EdDSA");
    // There is no key for PS256.
    assertThat(metadata.strings("authorization_signing_alg_values_supported").orElseThrow())
        .containsExactly("ES256", "EdDSA");
    assertThat(metadata.strings("introspection_signing_alg_values_supported").orElseThrow())
        .containsExactly("ES256", "EdDSA");
    assertThat(metadata.names()).noneMatch(name -> name.contains("encryption"));
  }

  @Test
  @Requirement({"PR-4"})
  void namesTheResourcesThatItsTokensAreFor() throws MalformedJsonException {
    assertThat(server.get(APPENDED).json().strings("protected_resources"))
        .contains(List.of("https://api.example.com", "https://reports.example.com/v1"));
  }

  @Test
  @Requirement({"OA-14", "OA-16"})
  void saysWhatAClientMayAskOfALogin() throws MalformedJsonException {
    JsonObject metadata = server.get(APPENDED).json();
    assertThat(metadata.bool("claims_parameter_supported")).contains(true);
    assertThat(metadata.strings("claims_supported").orElseThrow())
        .contains("sub", "auth_time", "name", "email")
        // No scope opens the first, nobody has the second, no login says the third.
        .doesNotContain("shoe_size", "birthdate", "acr");
    assertThat(metadata.strings("prompt_values_supported").orElseThrow())
        .containsExactlyInAnyOrder("none", "login", "consent", "select_account");
    assertThat(metadata.strings("ui_locales_supported").orElseThrow()).contains("en");
    assertThat(metadata.names()).doesNotContain("acr_values_supported");
  }

  @Test
  @Requirement({"RAR-10-1"})
  void namesTheTypesOfAuthorizationDetailsIfThereAreAny(@TempDir Path folder)
      throws MalformedJsonException {
    String name = "authorization_details_types_supported";
    assertThat(server.get(APPENDED).json().strings(name).orElseThrow())
        .containsExactly(
            "payment_initiation",
            "account_information",
            "health_record_access",
            "document_signing");
    UnaryOperator<String> without =
        yaml -> yaml.replaceAll("(?m)^ *authorization_details_types:.*(\\R *\\[.*)?\\R", "");
    try (TestServer plain = new TestServer(folder, without)) {
      assertThat(plain.get(APPENDED).json().has(name)).isFalse();
    }
  }

  @Test
  @Requirement({"SP-5.4.2-0", "SP-5.4.2-1", "SP-5.4.2-3"})
  void servesItsPublicKeysEachUnderItsOwnKid() throws InvalidJwkException, MalformedJsonException {
    JsonObject document = server.get(server.url("/jwks")).json();
    JwkSet keys = JwkSet.parse(document);
    assertThat(keys.keys()).hasSize(2);
    assertThat(keys.keys().stream().map(PublicJwk::kid)).doesNotHaveDuplicates();
    for (JsonObject key : document.objects("keys").orElseThrow()) {
      assertThat(key.names()).doesNotContain("d", "p", "q", "k");
      assertThat(key.string("use")).contains("sig");
    }
  }

  @Test
  void signsAnIdTokenByTheAlgorithmThatTheClientRegistered() {
    String idToken = server.other().tokens().string("id_token");
    String header =
        new String(
            java.util.Base64.getUrlDecoder().decode(idToken.substring(0, idToken.indexOf('.'))),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(header).contains("\"EdDSA\"");
  }

  @Test
  @Requirement({"BCP-2.6-1"})
  void neverTakesAWordFromTheHostHeader() {
    Reply reply =
        server.send(
            "GET",
            APPENDED,
            List.of(
                Map.entry("X-Forwarded-Host", "evil.example.com"),
                Map.entry("Forwarded", "host=evil.example.com")),
            new byte[0]);
    assertThat(reply.text()).doesNotContain("evil");
  }
}
