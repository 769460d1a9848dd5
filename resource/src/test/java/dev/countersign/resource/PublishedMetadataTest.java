package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedMetadataTest {
  private static final Description BANK =
      Description.of(Scope.of("accounts", "payments"))
          .named("Bank")
          .documentedAt(URI.create("https://api.example.com/docs"))
          .withPolicyAt(URI.create("https://api.example.com/policy"))
          .withTermsAt(URI.create("https://api.example.com/terms"));

  @Test
  @Requirement({"PR-1", "PR-2"})
  void describesTheResourceByWhatItsSettingsSay() throws Exception {
    JsonObject json = published(settings("https://api.example.com/v1")).document();
    ProtectedResourceMetadata read =
        ProtectedResourceMetadata.parse(json, URI.create("https://api.example.com/v1"));
    assertThat(read.authorizationServers()).containsExactly(Scene.ISSUER);
    assertThat(read.scopesSupported()).containsExactly("accounts", "payments");
    assertThat(read.bearerMethodsSupported()).containsExactly("header");
    assertThat(read.resourceName()).contains("Bank");
    assertThat(read.resourceDocumentation()).contains(URI.create("https://api.example.com/docs"));
    assertThat(read.resourcePolicyUri()).contains(URI.create("https://api.example.com/policy"));
    assertThat(read.resourceTosUri()).contains(URI.create("https://api.example.com/terms"));
    assertThat(read.dpopBoundAccessTokensRequired()).isTrue();
    assertThat(read.tlsClientCertificateBoundAccessTokens()).isFalse();
  }

  @Test
  @Requirement({"RAR-10-3"})
  void saysWhichDetailsItUnderstands() throws Exception {
    Description words = Description.of(ACCOUNTS);
    ResourceServer.Settings plain =
        new ResourceServer.Settings(
            Scene.ISSUER,
            new ResourceIndicator("https://api.example.com"),
            PublicUrl.of("https://api.example.com"),
            new Nonces.Off());
    DetailType payment = DetailType.ready("payment_initiation");

    JsonObject json =
        published(plain.describedAs(words.understanding(List.of(payment)))).document();
    assertThat(json.strings("authorization_details_types_supported"))
        .contains(List.of("payment_initiation"));
    assertThat(
            ProtectedResourceMetadata.parse(json, URI.create("https://api.example.com"))
                .authorizationDetailsTypesSupported())
        .containsExactly("payment_initiation");
    assertThat(
            published(plain.describedAs(words))
                .document()
                .has("authorization_details_types_supported"))
        .isFalse();
  }

  @Test
  @Requirement({"PR-2"})
  void saysHowTokensHaveToBeBound() throws Exception {
    ResourceServer.Settings one = settings("https://api.example.com");
    JsonObject certificates = published(one.taking(SenderConstraint.MTLS)).document();
    assertThat(certificates.bool("tls_client_certificate_bound_access_tokens")).contains(true);
    assertThat(certificates.has("dpop_signing_alg_values_supported")).isFalse();
    JsonObject both =
        published(one.taking(SenderConstraint.DPOP, SenderConstraint.MTLS)).document();
    assertThat(both.bool("tls_client_certificate_bound_access_tokens")).contains(true);
    assertThat(both.bool("dpop_bound_access_tokens_required")).contains(false);
    assertThat(both.has("dpop_signing_alg_values_supported")).isTrue();
  }

  @Test
  @Requirement({"PR-1"})
  void standsAtItsWellKnownPlaceOnly() {
    PublishedMetadata metadata = published(settings("https://api.example.com/v1?k=v"));
    String path = "/.well-known/oauth-protected-resource/v1";
    assertThat(metadata.url()).hasToString("https://api.example.com" + path + "?k=v");
    assertThat(metadata.isAt(path, Optional.of("k=v"))).isTrue();
    assertThat(metadata.isAt(path, Optional.empty())).isFalse();
    assertThat(metadata.isAt("/.well-known/oauth-protected-resource", Optional.of("k=v")))
        .isFalse();
    assertThat(metadata.isAt(path + "/", Optional.of("k=v"))).isFalse();
  }

  @Test
  @Requirement({"PR-4"})
  void isNamedInTheChallenge() {
    Verdict verdict =
        Scene.guard(settings("https://api.example.com")).judge(Scene.request(), ACCOUNTS);
    List<Challenge> challenges = Challenge.parse(Scene.answer(verdict).all("WWW-Authenticate"));
    assertThat(challenges.getFirst().attribute("resource_metadata"))
        .contains("https://api.example.com/.well-known/oauth-protected-resource");
  }

  @Test
  @Requirement({"PR-4"})
  void isNotNamedWhereThereIsNone() {
    ResourceServer plain = Scene.guard(new Nonces.Off());
    assertThat(plain.metadata()).isEmpty();
    assertThat(Scene.answer(plain.judge(Scene.request(), ACCOUNTS)).first("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).doesNotContain("resource_metadata"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"urn:bank:api", "http://api.example.com"})
  @Requirement({"PR-2"})
  void needsAnHttpsUrlForAnIdentifier(String audience) {
    assertThatIllegalArgumentException().isThrownBy(() -> Scene.guard(settings(audience)));
  }

  private static PublishedMetadata published(ResourceServer.Settings settings) {
    return Scene.guard(settings).metadata().orElseThrow();
  }

  private static ResourceServer.Settings settings(String audience) {
    return new ResourceServer.Settings(
            Scene.ISSUER,
            new ResourceIndicator(audience),
            PublicUrl.of("https://api.example.com"),
            new Nonces.Off())
        .describedAs(BANK);
  }
}
