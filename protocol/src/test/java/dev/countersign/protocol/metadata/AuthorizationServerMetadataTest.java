package dev.countersign.protocol.metadata;

import static dev.countersign.protocol.metadata.MetadataSamples.ISSUER;
import static dev.countersign.protocol.metadata.MetadataSamples.LEAST;
import static dev.countersign.protocol.metadata.MetadataSamples.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationServerMetadataTest {

  private static final AuthorizationServerMetadata FULL =
      MetadataSamples.builder()
          .userinfoEndpoint(URI.create("https://as.example.com/t1/userinfo"))
          .introspectionEndpoint(URI.create("https://as.example.com/t1/introspect"))
          .revocationFeedEndpoint(URI.create("https://as.example.com/t1/revocations"))
          .revocationEndpoint(URI.create("https://as.example.com/t1/revoke"))
          .scopes(List.of("openid", "accounts"))
          .grantTypes(List.of(GrantType.values()))
          .openId(List.of(SignatureAlgorithm.ES256))
          .claims(List.of("sub", "name"))
          .claimsParameter()
          .acrValues(List.of("pwd"))
          .prompts(List.of(Prompt.NONE, Prompt.LOGIN))
          .uiLocales(List.of("en"))
          .protectedResources(List.of("https://api.example.com"))
          .build();

  @Test
  @Requirement({"SP-5.3.2.1-1"})
  void losesNothingOnTheWay() throws Exception {
    assertThat(AuthorizationServerMetadata.parse(FULL.toJson(), ISSUER)).isEqualTo(FULL);
    assertThat(FULL.toJson().string("revocation_feed_endpoint"))
        .contains("https://as.example.com/t1/revocations");
    assertThat(LEAST.toJson().has("revocation_feed_endpoint")).isFalse();
    assertThat(FULL.toJson().strings("introspection_endpoint_auth_methods_supported"))
        .contains(List.of("private_key_jwt"));
    assertThat(FULL.toJson().strings("revocation_endpoint_auth_signing_alg_values_supported"))
        .contains(List.of("PS256", "ES256", "EdDSA"));
  }

  @Test
  @Requirement({
    "SP-5.3.2.1-1",
    "SP-5.3.2.1-6",
    "SP-5.3.2.2-1",
    "SP-5.3.2.2-2",
    "SP-5.3.2.2-7",
    "SP-5.4.1-1.2",
    "PKCE-4",
    "CA-6",
    "PAR-12",
    "DP-8",
    "OA-8"
  })
  void saysWhatFapiLeavesNoChoiceIn() throws Exception {
    JsonObject json = LEAST.toJson();
    assertThat(json.string("issuer")).contains("https://as.example.com/t1");
    assertThat(json.strings("response_types_supported")).contains(List.of("code"));
    assertThat(json.strings("response_modes_supported")).contains(List.of("query"));
    assertThat(json.strings("code_challenge_methods_supported")).contains(List.of("S256"));
    assertThat(json.strings("token_endpoint_auth_methods_supported"))
        .contains(List.of("private_key_jwt"));
    assertThat(json.strings("token_endpoint_auth_signing_alg_values_supported"))
        .contains(List.of("PS256", "ES256", "EdDSA"));
    assertThat(json.strings("dpop_signing_alg_values_supported"))
        .contains(List.of("PS256", "ES256", "EdDSA"));
    assertThat(json.bool("require_pushed_authorization_requests")).contains(true);
    assertThat(json.bool("authorization_response_iss_parameter_supported")).contains(true);
    assertThat(json.bool("request_uri_parameter_supported")).contains(false);
  }

  @Test
  @Requirement({"SP-5.3.2.1-1"})
  void leavesOutWhatTheServerDoesNotHave() {
    assertThat(LEAST.toJson().names())
        .doesNotContain(
            "userinfo_endpoint",
            "introspection_endpoint",
            "introspection_endpoint_auth_methods_supported",
            "revocation_feed_endpoint",
            "revocation_endpoint",
            "scopes_supported",
            "grant_types_supported",
            "id_token_signing_alg_values_supported",
            "subject_types_supported",
            "claims_supported",
            "acr_values_supported",
            "ui_locales_supported",
            "prompt_values_supported",
            "protected_resources");
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.3.1-11", "SP-5.3.3.1-9"})
  @ValueSource(
      strings = {
        "https://as.example.com",
        "https://as.example.com/t1/",
        "https://AS.example.com/t1",
        "https://as.example.com:443/t1",
        "https://evil.example/t1"
      })
  void refusesTheDocumentOfAnotherIssuer(String issuer) {
    refuses(LEAST.toJson(), new Issuer(issuer), "SP-5.3.3.1-11");
  }

  @Test
  @Requirement({"SP-5.3.3.1-11"})
  void refusesADocumentWithoutIssuer() {
    refuses(JsonObject.builder().build(), ISSUER, "SP-5.3.3.1-11");
  }

  @Test
  @Requirement({"SP-5.3.3.1-9"})
  void refusesADocumentWithoutTokenEndpoint() throws Exception {
    refuses(without("token_endpoint"), ISSUER, "SP-5.3.3.1-9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"authorization_endpoint", "jwks_uri", "pushed_authorization_request_endpoint"})
  void readsADocumentOfAServerThatGivesClientsTokensOfTheirOwnAlone(String name) throws Exception {
    JsonObject document = without(name);
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER).toJson().has(name)).isFalse();
  }

  @Test
  @Requirement({"GM-7.1-1", "GM-7.1-2", "GM-7.1-3"})
  void readsAndWritesWhatCanBeDoneWithGrants() throws Exception {
    GrantManagementMetadata grants =
        new GrantManagementMetadata(
            List.of("query", "revoke", "merge", "replace", "create"),
            Optional.of(URI.create("https://as.example.com/t1/grants")),
            true);
    JsonObject document = MetadataSamples.builder().grantManagement(grants).build().toJson();
    assertThat(document.strings("grant_management_actions_supported"))
        .contains(List.of("query", "revoke", "merge", "replace", "create"));
    assertThat(document.string("grant_management_endpoint"))
        .contains("https://as.example.com/t1/grants");
    assertThat(document.bool("grant_management_action_required")).contains(true);
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER).grantManagement())
        .isEqualTo(grants);
  }

  @Test
  @Requirement({"GM-7.1-1", "GM-7.1-3"})
  void saysNothingOfGrantsWhereNothingCanBeDoneWithThem() throws Exception {
    assertThat(LEAST.toJson().names()).noneMatch(name -> name.startsWith("grant_management"));
    assertThat(AuthorizationServerMetadata.parse(LEAST.toJson(), ISSUER).grantManagement())
        .isEqualTo(GrantManagementMetadata.NONE);
  }

  @ParameterizedTest
  @Requirement({"GM-6.2-1"})
  @ValueSource(strings = {"http://as.example.com/grants", "/grants"})
  void refusesAGrantManagementEndpointThatIsNotHttps(String url) throws Exception {
    JsonObject document = LEAST.toJson().toBuilder().put("grant_management_endpoint", url).build();
    refuses(document, ISSUER, "SP-5.2.1-1");
  }

  @Test
  @Requirement({"MT-9"})
  void readsAndWritesTheAliasesOfWhoShowsACertificate() throws Exception {
    MtlsEndpointAliases aliases =
        new MtlsEndpointAliases(
            Optional.of(URI.create("https://mtls.as.example.com/par")),
            Optional.of(URI.create("https://mtls.as.example.com/token")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(URI.create("https://mtls.as.example.com/revoke")),
            Optional.of(URI.create("https://mtls.as.example.com/grants")));
    JsonObject document = MetadataSamples.builder().mtlsEndpointAliases(aliases).build().toJson();
    JsonObject member = document.object("mtls_endpoint_aliases").orElseThrow();
    assertThat(member.string("pushed_authorization_request_endpoint"))
        .contains("https://mtls.as.example.com/par");
    assertThat(member.string("grant_management_endpoint"))
        .contains("https://mtls.as.example.com/grants");
    assertThat(member.has("userinfo_endpoint")).isFalse();
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER).mtlsEndpointAliases())
        .isEqualTo(aliases);
  }

  @Test
  @Requirement({"MT-9"})
  void ignoresAliasesOfWhatNobodyCalls() throws Exception {
    JsonObject member =
        JsonObject.builder().put("authorization_endpoint", "https://mtls.example/a").build();
    JsonObject document =
        MetadataSamples.builder().build().toJson().toBuilder()
            .put("mtls_endpoint_aliases", member)
            .build();
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER).mtlsEndpointAliases())
        .isEqualTo(MtlsEndpointAliases.NONE);
    assertThat(MetadataSamples.builder().build().toJson().has("mtls_endpoint_aliases")).isFalse();
  }

  @ParameterizedTest
  @Requirement({"MT-9", "SP-5.2.1-1"})
  @ValueSource(strings = {"http://as.example.com/x", "/x", "https://as.example.com/x#f"})
  void refusesAnAliasThatIsNotHttps(String url) throws Exception {
    for (String name :
        List.of(
            "token_endpoint",
            "revocation_endpoint",
            "userinfo_endpoint",
            "grant_management_endpoint")) {
      JsonObject member = JsonObject.builder().put(name, url).build();
      JsonObject document =
          MetadataSamples.builder().build().toJson().toBuilder()
              .put("mtls_endpoint_aliases", member)
              .build();
      refuses(document, ISSUER, "SP-5.2.1-1");
    }
  }

  @ParameterizedTest
  @Requirement({"SP-5.2.1-1", "SP-5.4.2-1"})
  @ValueSource(
      strings = {
        "http://as.example.com/x",
        "/x",
        "https:///x",
        "https://user@as.example.com/x",
        "https://as.example.com/x#f",
        "https://as example.com/x",
        "javascript:alert(1)"
      })
  void refusesAnEndpointThatIsNotHttps(String url) throws Exception {
    for (String name :
        List.of(
            "token_endpoint", "jwks_uri", "authorization_endpoint", "revocation_feed_endpoint")) {
      JsonObject document = without(name).toBuilder().put(name, url).build();
      refuses(document, ISSUER, "SP-5.2.1-1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MetadataSamples.builder()
                    .userinfoEndpoint(new URI("http://as.example.com/x"))
                    .build());
  }

  @ParameterizedTest
  @Requirement({"SP-5.2.1-1"})
  @ValueSource(
      strings = {
        "https://a_b/x",
        "https://as.example.com:0/x",
        "https://as.example.com:65536/x",
        "https://:443/x",
        "https://b\u00fccher.example/x"
      })
  void refusesAnEndpointWithAnAuthorityThatNoRequestCanBeSentTo(String url) throws Exception {
    for (String name : List.of("token_endpoint", "jwks_uri", "userinfo_endpoint")) {
      refuses(without(name).toBuilder().put(name, url).build(), ISSUER, "SP-5.2.1-1");
    }
    String highest = "https://as.example.com:65535/x";
    JsonObject document =
        without("token_endpoint").toBuilder().put("token_endpoint", highest).build();
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER).tokenEndpoint())
        .hasToString(highest);
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.3.1-3"})
  @ValueSource(
      strings = {"access_token=1", "access_token", "a=b&access_token=", "a%26access_token"})
  void refusesAUserinfoEndpointThatNoRequestMayBeSentTo(String query) throws Exception {
    refuses(withUserinfo(query), ISSUER, "SP-5.3.3.1-3");
    JsonObject other = withUserinfo("tenant=access_token");
    assertThat(AuthorizationServerMetadata.parse(other, ISSUER).userinfoEndpoint()).isPresent();
  }

  @Test
  @Requirement({"SP-5.3.3.1-9"})
  void refusesAMemberOfAnotherType() throws Exception {
    JsonObject document = without("token_endpoint").toBuilder().put("token_endpoint", 1).build();
    refuses(document, ISSUER, "SP-5.3.3.1-9");
  }

  @Test
  void ignoresMembersThatNobodyKnows() throws Exception {
    JsonObject document = FULL.toJson().toBuilder().put("x", List.of("y")).build();
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER)).isEqualTo(FULL);
  }

  @Test
  @Requirement({"PAR-12", "OA-8"})
  void takesAbsenceForWhatTheRfcsSay() throws Exception {
    AuthorizationServerMetadata metadata =
        AuthorizationServerMetadata.parse(MetadataSamples.bare(), ISSUER);
    assertThat(metadata.authMethodsSupported()).containsExactly("client_secret_basic");
    assertThat(metadata.grantTypesSupported()).containsExactly("authorization_code", "implicit");
    assertThat(metadata.responseModesSupported()).containsExactly("query", "fragment");
    assertThat(metadata.requirePushedAuthorizationRequests()).isFalse();
    assertThat(metadata.issParameterSupported()).isFalse();
    assertThat(metadata.codeChallengeMethodsSupported()).isEmpty();
  }

  private static JsonObject withUserinfo(String query) {
    String endpoint = "https://as.example.com/userinfo?" + query;
    return LEAST.toJson().toBuilder().put("userinfo_endpoint", endpoint).build();
  }

  private static void refuses(JsonObject document, Issuer expected, String rule) {
    InvalidMetadataException caught =
        catchThrowableOfType(
            InvalidMetadataException.class,
            () -> AuthorizationServerMetadata.parse(document, expected));
    assertThat(caught).isNotNull();
    assertThat(caught.rule().value()).isEqualTo(rule);
    assertThat(caught).hasMessageContaining(rule);
  }
}
