package dev.countersign.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseTest {

  private static final Issuer ISSUER = new Issuer("https://as.example.com/t1");
  private static final String ISS = "iss=https%3A%2F%2Fas.example.com%2Ft1";
  private static final AuthorizationResponse SUCCESS =
      new AuthorizationResponse.Success(
          new AuthorizationCode("c1"), Optional.of(new State("a b&c=d")), ISSUER);
  private static final AuthorizationResponse FAILURE =
      new AuthorizationResponse.Failure(
          OAuthError.ACCESS_DENIED, "the person said no", Optional.of(new State("s")), ISSUER);

  @Test
  @Requirement({"SP-5.3.2.2-7", "OA-8"})
  void carriesCodeStateAndIssuer() {
    assertThat(SUCCESS.redirectTo(new RedirectUri("https://client.example/cb")))
        .hasToString("https://client.example/cb?code=c1&state=a+b%26c%3Dd&" + ISS);
  }

  @Test
  @Requirement({"SP-5.3.2.2-7", "OA-2", "OA-8"})
  void carriesTheIssuerWithErrorsToo() {
    assertThat(FAILURE.redirectTo(new RedirectUri("https://client.example/cb")))
        .hasToString(
            "https://client.example/cb?error=access_denied"
                + "&error_description=the+person+said+no&state=s&"
                + ISS);
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example/cb?a=b, https://client.example/cb?a=b&code=c1",
    "https://client.example/cb?a=%2F&c, https://client.example/cb?a=%2F&c&code=c1",
    "https://client.example/cb?, https://client.example/cb?code=c1",
    "https://client.example, https://client.example?code=c1"
  })
  void keepsTheRedirectUrisOwnQuery(String redirectUri, String start) {
    assertThat(SUCCESS.redirectTo(new RedirectUri(redirectUri)).toString()).startsWith(start);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4", "OA-2"})
  void leavesOutAStateThatWasNotSent() {
    AuthorizationResponse response =
        new AuthorizationResponse.Success(new AuthorizationCode("c1"), Optional.empty(), ISSUER);
    assertThat(response.redirectTo(new RedirectUri("https://client.example/cb")).getRawQuery())
        .isEqualTo("code=c1&" + ISS);
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  void readsWhatTheServerSent() {
    RedirectUri redirectUri = new RedirectUri("https://client.example/cb?a=b");
    assertThat(AuthorizationResponse.read(SUCCESS.redirectTo(redirectUri).getRawQuery()))
        .isEqualTo(SUCCESS);
    assertThat(AuthorizationResponse.read(FAILURE.redirectTo(redirectUri).getRawQuery()))
        .isEqualTo(FAILURE);
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  @ValueSource(
      strings = {
        "code=c1&state=s",
        "error=access_denied",
        "code=c1&iss=",
        "code=c1&iss=as.example.com",
        "code=c1&iss=http%3A%2F%2Fas.example.com",
        "code=c1&iss=https%3A%2F%2Fas.example.com%2F%3Fq"
      })
  void refusesAMissingOrMalformedIssuer(String query) {
    Refusals.of(() -> AuthorizationResponse.read(query), OAuthError.INVALID_REQUEST, "OA-8");
  }

  @ParameterizedTest
  @Requirement({"OA-5", "OA-8"})
  @ValueSource(
      strings = {
        "code=c1&code=c2&" + ISS,
        "code=c1&" + ISS + "&iss=https%3A%2F%2Fevil.example",
        "code=c1&state=a&state=b&" + ISS,
        "error=a&error=b&" + ISS
      })
  void refusesARepeatedParameter(String query) {
    Refusals.of(() -> AuthorizationResponse.read(query), OAuthError.INVALID_REQUEST, "OA-5");
  }

  @ParameterizedTest
  @Requirement({"OA-1"})
  @ValueSource(strings = {"code=c1&error=access_denied&" + ISS, ISS, "response=e30.e30.&" + ISS})
  void refusesACodeTogetherWithAnErrorAndNeither(String query) {
    Refusals.of(() -> AuthorizationResponse.read(query), OAuthError.INVALID_REQUEST, "OA-1");
  }

  @Test
  @Requirement({"OA-2"})
  void readsAnErrorWhoseTextIsMissingOrHasOtherCharacters() {
    AuthorizationResponse bare =
        new AuthorizationResponse.Failure(
            "vendor_error", Optional.empty(), Optional.empty(), ISSUER);
    assertThat(AuthorizationResponse.read("error=vendor_error&" + ISS)).isEqualTo(bare);
    assertThat(
            AuthorizationResponse.read("error=vendor_error&error_description=%22%C3%A9%22&" + ISS))
        .isEqualTo(bare);
  }

  @Test
  @Requirement({"OA-2"})
  void refusesAnErrorCodeWithOtherCharacters() {
    Refusals.of(
        () -> AuthorizationResponse.read("error=%22&" + ISS), OAuthError.INVALID_REQUEST, "OA-2");
  }

  @ParameterizedTest
  @Requirement({"OA-2"})
  @ValueSource(strings = {"say \"no\"", "back\\slash", "line\nend", "caf\u00e9", ""})
  void refusesToSendTextWithOtherCharacters(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AuthorizationResponse.Failure(
                    OAuthError.ACCESS_DENIED, text, Optional.empty(), ISSUER));
  }

  @Test
  void doesNotShowTheCodeInText() {
    assertThat(SUCCESS.toString()).doesNotContain("c1");
  }
}
