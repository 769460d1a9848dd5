package dev.countersign.protocol.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedResourceMetadataTest {

  private static final URI RESOURCE = URI.create("https://rs.example/r1");
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ProtectedResourceMetadata LEAST = builder().dpopBoundTokens().build();
  private static final ProtectedResourceMetadata FULL =
      builder()
          .scopes(List.of("accounts", "payments"))
          .name("Bank")
          .documentation(URI.create("https://rs.example/docs"))
          .policy(URI.create("https://rs.example/policy"))
          .terms(URI.create("https://rs.example/terms"))
          .certificateBoundTokens()
          .dpopBoundTokens()
          .build();

  @ParameterizedTest
  @Requirement({"PR-1"})
  @CsvSource({
    "https://rs.example,          https://rs.example/.well-known/oauth-protected-resource",
    "https://rs.example/,         https://rs.example/.well-known/oauth-protected-resource",
    "https://rs.example/r1,       https://rs.example/.well-known/oauth-protected-resource/r1",
    "https://rs.example/r1/,      https://rs.example/.well-known/oauth-protected-resource/r1/",
    "https://rs.example//,        https://rs.example/.well-known/oauth-protected-resource//",
    "https://rs.example:8443/a/b, https://rs.example:8443/.well-known/oauth-protected-resource/a/b",
    "https://rs.example/r1?k=v,   https://rs.example/.well-known/oauth-protected-resource/r1?k=v",
    "https://rs.example/?k=v,     https://rs.example/.well-known/oauth-protected-resource?k=v",
    "https://rs.example?k=%26,    https://rs.example/.well-known/oauth-protected-resource?k=%26",
    "https://rs.example/a%2Fb,    https://rs.example/.well-known/oauth-protected-resource/a%2Fb"
  })
  void standsBetweenHostAndPathOfTheResource(String resource, String metadata) {
    assertThat(ProtectedResourceMetadata.wellKnown(URI.create(resource))).hasToString(metadata);
  }

  @ParameterizedTest
  @Requirement({"PR-1", "PR-2"})
  @ValueSource(
      strings = {
        "http://rs.example/r1",
        "https://rs.example/r1#f",
        "https://user@rs.example/r1",
        "https:///r1",
        "urn:bank:api",
        "/r1"
      })
  void knowsNoMetadataOfWhatIsNoHttpsUrl(String resource) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedResourceMetadata.wellKnown(URI.create(resource)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtectedResourceMetadata.builder(URI.create(resource), ISSUER).build());
  }

  @Test
  @Requirement({"PR-1", "PR-2"})
  void saysWhatTheResourceIsAndNothingElse() throws Exception {
    JsonObject json = FULL.toJson();
    assertThat(json.names())
        .containsExactly(
            "resource",
            "authorization_servers",
            "scopes_supported",
            "bearer_methods_supported",
            "resource_name",
            "resource_documentation",
            "resource_policy_uri",
            "resource_tos_uri",
            "tls_client_certificate_bound_access_tokens",
            "dpop_signing_alg_values_supported",
            "dpop_bound_access_tokens_required");
    assertThat(json.string("resource")).contains("https://rs.example/r1");
    assertThat(json.strings("authorization_servers")).contains(List.of(ISSUER.value()));
    assertThat(json.strings("bearer_methods_supported")).contains(List.of("header"));
    assertThat(json.strings("dpop_signing_alg_values_supported"))
        .contains(List.of("PS256", "ES256", "EdDSA"));
  }

  @Test
  @Requirement({"PR-2", "MT-8"})
  void saysHowTokensHaveToBeBound() throws Exception {
    assertThat(LEAST.toJson().bool("tls_client_certificate_bound_access_tokens")).contains(false);
    assertThat(LEAST.toJson().bool("dpop_bound_access_tokens_required")).contains(true);
    assertThat(FULL.toJson().bool("tls_client_certificate_bound_access_tokens")).contains(true);
    assertThat(FULL.toJson().bool("dpop_bound_access_tokens_required")).contains(false);
    JsonObject certificates = builder().certificateBoundTokens().build().toJson();
    assertThat(certificates.bool("tls_client_certificate_bound_access_tokens")).contains(true);
    assertThat(certificates.bool("dpop_bound_access_tokens_required")).contains(false);
    assertThat(certificates.names()).doesNotContain("dpop_signing_alg_values_supported");
  }

  @Test
  @Requirement({"PR-1"})
  void leavesOutEmptyLists() {
    assertThat(LEAST.toJson().names())
        .doesNotContain(
            "scopes_supported",
            "resource_name",
            "resource_documentation",
            "jwks_uri",
            "authorization_details_types_supported");
  }

  @Test
  @Requirement({"PR-2", "PR-3"})
  void losesNothingOnTheWay() throws Exception {
    assertThat(ProtectedResourceMetadata.parse(FULL.toJson(), RESOURCE)).isEqualTo(FULL);
    JsonObject other =
        FULL.toJson().toBuilder()
            .put("jwks_uri", "https://rs.example/jwks")
            .put("resource_signing_alg_values_supported", List.of("ES256"))
            .put("authorization_details_types_supported", List.of("payment"))
            .put("nobody_knows_this", List.of("x"))
            .build();
    ProtectedResourceMetadata read = ProtectedResourceMetadata.parse(other, RESOURCE);
    assertThat(read.jwksUri()).contains(URI.create("https://rs.example/jwks"));
    assertThat(read.resourceSigningAlgsSupported()).containsExactly("ES256");
    assertThat(read.authorizationDetailsTypesSupported()).containsExactly("payment");
    assertThat(ProtectedResourceMetadata.parse(read.toJson(), RESOURCE)).isEqualTo(read);
  }

  @Test
  @Requirement({"PR-2"})
  void takesAbsenceForWhatTheRfcSays() throws Exception {
    JsonObject bare = JsonObject.builder().put("resource", RESOURCE.toString()).build();
    ProtectedResourceMetadata read = ProtectedResourceMetadata.parse(bare, RESOURCE);
    assertThat(read.tlsClientCertificateBoundAccessTokens()).isFalse();
    assertThat(read.dpopBoundAccessTokensRequired()).isFalse();
    assertThat(read.authorizationServers()).isEmpty();
    assertThat(read.resourceName()).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @Requirement({"PR-3"})
  @ValueSource(
      strings = {
        "https://rs.example",
        "https://rs.example/r1/",
        "https://RS.example/r1",
        "https://rs.example:443/r1",
        "https://rs.example/r1/accounts",
        "https://evil.example/r1"
      })
  void refusesTheDocumentOfAnotherResource(String expected) {
    refuses(FULL.toJson(), URI.create(expected), "PR-3");
  }

  @Test
  @Requirement({"PR-3"})
  void refusesADocumentWithoutResource() {
    refuses(JsonObject.builder().build(), RESOURCE, "PR-3");
  }

  @Test
  @Requirement({"PR-2"})
  void refusesWhatIsMalformed() {
    refuses(with("authorization_servers", "https://as.example.com"), RESOURCE, "PR-2");
    refuses(with("authorization_servers", List.of("http://as.example.com")), RESOURCE, "PR-2");
    refuses(with("jwks_uri", "http://rs.example/jwks"), RESOURCE, "PR-2");
    refuses(with("resource_documentation", "not a url"), RESOURCE, "PR-2");
    refuses(with("resource_signing_alg_values_supported", List.of("none")), RESOURCE, "PR-2");
  }

  private static ProtectedResourceMetadataBuilder builder() {
    return ProtectedResourceMetadata.builder(RESOURCE, ISSUER);
  }

  private static JsonObject with(String name, String value) {
    return JsonObject.builder().put("resource", RESOURCE.toString()).put(name, value).build();
  }

  private static JsonObject with(String name, List<String> values) {
    return JsonObject.builder().put("resource", RESOURCE.toString()).put(name, values).build();
  }

  private static void refuses(JsonObject document, URI expected, String rule) {
    InvalidMetadataException caught =
        catchThrowableOfType(
            InvalidMetadataException.class,
            () -> ProtectedResourceMetadata.parse(document, expected));
    assertThat(caught).isNotNull();
    assertThat(caught.rule().value()).isEqualTo(rule);
  }
}
