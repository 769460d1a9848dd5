package dev.countersign.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

  private static final List<ResourceIndicator> RESOURCES =
      List.of(new ResourceIndicator("https://a.example"), new ResourceIndicator("urn:b:c"));
  private static final TokenRequest.AuthorizationCode CODE =
      new TokenRequest.AuthorizationCode(
          new AuthorizationCode("c1"),
          new RedirectUri("https://client.example/cb"),
          new CodeVerifier("v".repeat(43)),
          RESOURCES);

  static List<TokenRequest> requests() {
    return List.of(
        CODE,
        new TokenRequest.Refresh(
            new RefreshToken("r1"),
            Optional.of(Scope.of("a", "b")),
            RESOURCES,
            AuthorizationDetails.NONE),
        new TokenRequest.Refresh(
            new RefreshToken("r1"), Optional.empty(), List.of(), AuthorizationDetails.NONE),
        new TokenRequest.Refresh(
            new RefreshToken("r1"), Optional.of(Scope.NONE), List.of(), AuthorizationDetails.NONE),
        new TokenRequest.ClientCredentials(
            Optional.of(Scope.of("a")), RESOURCES, AuthorizationDetails.NONE),
        new TokenRequest.ClientCredentials(Optional.empty(), List.of(), AuthorizationDetails.NONE));
  }

  @ParameterizedTest
  @Requirement({"OA-6", "PKCE-3"})
  @MethodSource("requests")
  void losesNothingOnTheWay(TokenRequest request) {
    assertThat(TokenRequest.read(request.toForm())).isEqualTo(request);
    assertThat(request.toForm().value("grant_type")).contains(request.grantType().value());
  }

  @Test
  void takesEachResourceOnce() {
    Form form =
        Form.builder()
            .add("grant_type", "client_credentials")
            .add("resource", "urn:a:b")
            .add("resource", "urn:a:b")
            .build();
    assertThat(TokenRequest.read(form).resources()).hasSize(1);
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.1-2", "BCP-2.4", "OA-3"})
  @ValueSource(
      strings = {
        "password",
        "implicit",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "AUTHORIZATION_CODE",
        "x"
      })
  void refusesThePasswordGrantAndAnyOtherWeDoNotHave(String grantType) {
    Form form =
        Form.builder()
            .add("grant_type", grantType)
            .add("username", "u")
            .add("password", "p")
            .build();
    Refusals.of(() -> TokenRequest.read(form), OAuthError.UNSUPPORTED_GRANT_TYPE, "SP-5.3.2.1-2");
  }

  @Test
  @Requirement({"OA-3", "OA-6"})
  void refusesARequestWithoutGrantType() {
    Form form = Form.builder().add("code", "c1").build();
    Refusals.of(() -> TokenRequest.read(form), OAuthError.INVALID_REQUEST, "OA-6");
  }

  @ParameterizedTest
  @Requirement({"OA-6", "PKCE-3", "SP-5.3.2.2-5"})
  @CsvSource({
    "code, INVALID_REQUEST, OA-6",
    "redirect_uri, INVALID_REQUEST, OA-6",
    "code_verifier, INVALID_GRANT, PKCE-3"
  })
  void refusesACodeWithoutWhatMustComeWithIt(String name, OAuthError error, String rule) {
    Form.Builder form = Form.builder();
    CODE.toForm().names().stream()
        .filter(other -> !other.equals(name))
        .forEach(other -> form.add(other, CODE.toForm().value(other)));
    Refusals.of(() -> TokenRequest.read(form.build()), error, rule);
  }

  @ParameterizedTest
  @Requirement({"OA-6"})
  @CsvSource({
    "code, c 1, OA-6",
    "redirect_uri, not a uri, OA-6",
    "redirect_uri, http://client.example/cb, OA-6",
    "code_verifier, short, PKCE-3"
  })
  void refusesWhatCannotBeTheRightValueAsAWrongGrant(String name, String value, String rule) {
    Form.Builder form = Form.builder();
    CODE.toForm().names().stream()
        .filter(other -> !other.equals(name))
        .forEach(other -> form.add(other, CODE.toForm().value(other)));
    form.add(name, value);
    Refusals.of(() -> TokenRequest.read(form.build()), OAuthError.INVALID_GRANT, rule);
  }

  @Test
  @Requirement({"OA-6"})
  void refusesARefreshWithoutTokenOrWithAMalformedOne() {
    Form without = Form.builder().add("grant_type", "refresh_token").build();
    Refusals.of(() -> TokenRequest.read(without), OAuthError.INVALID_REQUEST, "OA-6");
    Form malformed =
        Form.builder().add("grant_type", "refresh_token").add("refresh_token", "r 1").build();
    Refusals.of(() -> TokenRequest.read(malformed), OAuthError.INVALID_GRANT, "OA-6");
  }

  @Test
  @Requirement({"OA-3", "OA-11"})
  void refusesAMalformedScopeOrResource() {
    Form scope = Form.builder().add("grant_type", "client_credentials").add("scope", "a\"").build();
    Refusals.of(() -> TokenRequest.read(scope), OAuthError.INVALID_SCOPE, "OA-3");
    Form resource =
        Form.builder().add("grant_type", "client_credentials").add("resource", "/a").build();
    Refusals.of(() -> TokenRequest.read(resource), OAuthError.INVALID_TARGET, "OA-11");
  }

  @Test
  void namesItsGrantType() {
    assertThat(requests())
        .extracting(TokenRequest::grantType)
        .contains(
            GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS);
  }

  @Test
  void doesNotShowSecretsInText() {
    assertThat(CODE.toString()).doesNotContain("c1").doesNotContain("vvv");
  }
}
