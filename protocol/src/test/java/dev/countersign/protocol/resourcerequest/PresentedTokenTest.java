package dev.countersign.protocol.resourcerequest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTokenTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @ParameterizedTest
  @ValueSource(strings = {"DPoP t.o-k_e~n+/==", "dpop t.o-k_e~n+/==", " DPOP   t.o-k_e~n+/== "})
  @Requirement({"SP-5.3.4-1", "DP-10"})
  void readsTheTokenWhateverTheCaseOfTheScheme(String credentials) {
    assertThat(read(credentials).scheme()).isEqualTo(SenderConstraint.DPOP);
    assertThat(read(credentials).token().reveal()).isEqualTo("t.o-k_e~n+/==");
  }

  @Test
  @Requirement({"OA-9", "DP-11", "SP-5.3.4-1"})
  void asksForCredentialsWithoutNamingAnErrorWhenThereAreNone() {
    assertThatExceptionOfType(RefusalException.class)
        .isThrownBy(() -> PresentedToken.read(Headers.NONE, Optional.empty()))
        .satisfies(e -> isRequestForCredentials(e.refusal()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Negotiate", "DPoPx token", "Token token=x", ""})
  @Requirement({"OA-9", "SP-5.3.4-1"})
  void takesCredentialsOfAnotherSchemeForNone(String credentials) {
    assertThatExceptionOfType(RefusalException.class)
        .isThrownBy(() -> read(credentials))
        .satisfies(e -> isRequestForCredentials(e.refusal()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer token", "bearer token", "BEARER  token"})
  @Requirement({"SP-5.3.4-1"})
  void keepsTheSchemeOfACertificateBoundToken(String credentials) {
    assertThat(read(credentials).scheme()).isEqualTo(SenderConstraint.MTLS);
    assertThat(read(credentials).token().reveal()).isEqualTo("token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DPoP", "DPoP ", "DPoP one two", "DPoP one, Bearer two", "DPoP a\"b", "BEARER"})
  @Requirement({"SP-5.3.4-1", "OA-9"})
  void refusesBrokenCredentials(String credentials) {
    Refusals.of(() -> read(credentials), OAuthError.INVALID_REQUEST, "SP-5.3.4-1");
  }

  @Test
  @Requirement({"AT-4"})
  void refusesATokenThatIsTooLongToBeOne() {
    assertThat(read("DPoP " + "a".repeat(16_384)).token().reveal()).hasSize(16_384);
    Refusals.of(() -> read("DPoP " + "a".repeat(16_385)), OAuthError.INVALID_TOKEN, "AT-4");
  }

  @Test
  @Requirement({"DP-12", "OA-9"})
  void refusesTwoCredentials() {
    Refusals.of(() -> read("DPoP one", "DPoP one"), OAuthError.INVALID_REQUEST, "DP-12");
    Refusals.of(() -> read("DPoP one", "Bearer one"), OAuthError.INVALID_REQUEST, "DP-12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_token=x",
        "a=b&access_token=x",
        "access_token",
        "access_token=",
        "access%5Ftoken=x",
        "%61ccess_token=x&%zz"
      })
  @Requirement({"SP-5.3.4-2"})
  void refusesATokenInTheQueryHoweverItIsWritten(String query) {
    Refusal refusal =
        Refusals.of(
            () -> PresentedToken.read(headers("DPoP token"), Optional.of(query)),
            OAuthError.INVALID_REQUEST,
            "SP-5.3.4-2");
    assertThat(refusal.description()).contains("query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a=access_token", "my_access_token=x", "access_tokens=x", "%zz=%", "&="})
  @Requirement({"SP-5.3.4-2"})
  void letsAnyOtherQueryBe(String query) {
    assertThat(PresentedToken.read(headers("DPoP token"), Optional.of(query)).token().reveal())
        .isEqualTo("token");
  }

  @ParameterizedTest
  @ValueSource(strings = {FORM, "Application/X-WWW-Form-Urlencoded", FORM + "; charset=utf-8"})
  @Requirement({"SP-5.3.4-2"})
  void refusesATokenInAFormBesideOneInTheHeaderOrAlone(String type) {
    Refusals.of(
        () -> post("DPoP token", type, "a=b&access_token=x"),
        OAuthError.INVALID_REQUEST,
        "SP-5.3.4-2");
    Headers alone = Headers.of(List.of(Map.entry("content-type", type)));
    Refusals.of(
        () -> PresentedToken.read(alone, Optional.empty(), "access_token=x".getBytes(UTF_8)),
        OAuthError.INVALID_REQUEST,
        "SP-5.3.4-2");
  }

  @Test
  @Requirement({"SP-5.3.4-2"})
  void looksIntoNoOtherBody() {
    assertThat(post("DPoP token", FORM, "a=b").token().reveal()).isEqualTo("token");
    assertThat(post("DPoP token", "text/plain", "access_token=x").token().reveal())
        .isEqualTo("token");
  }

  @Test
  void keepsTheTokenOutOfTexts() {
    assertThat(read("DPoP s3cr3t").toString()).doesNotContain("s3cr3t");
  }

  private static void isRequestForCredentials(Refusal refusal) {
    assertThat(refusal).isInstanceOf(Refusal.Http.class);
    assertThat(refusal.status()).isEqualTo(401);
  }

  private static PresentedToken read(String... credentials) {
    return PresentedToken.read(headers(credentials), Optional.empty());
  }

  private static PresentedToken post(String credentials, String type, String body) {
    List<Map.Entry<String, String>> fields =
        List.of(Map.entry("Authorization", credentials), Map.entry("Content-Type", type));
    return PresentedToken.read(Headers.of(fields), Optional.empty(), body.getBytes(UTF_8));
  }

  private static Headers headers(String... credentials) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String one : credentials) {
      fields.add(Map.entry("Authorization", one));
    }
    return Headers.of(fields);
  }
}
