package dev.countersign.protocol.oauth;

import static dev.countersign.protocol.oauth.SecretTest.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of the small identifiers: the last that is accepted and the first that is not. */
class IdentifiersTest {

  @Test
  void clientIdHas1To255VisibleCharacters() {
    assertThat(ClientId.parse("!" + "~".repeat(254)).value()).hasSize(255);
    assertThat(errorOf(() -> ClientId.parse("a".repeat(256))))
        .isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(errorOf(() -> ClientId.parse(""))).isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(errorOf(() -> ClientId.parse("a b"))).isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(errorOf(() -> ClientId.parse("a\nb"))).isEqualTo(OAuthError.INVALID_REQUEST);
  }

  @Test
  @Requirement({"OA-10"})
  void subjectHasAtMost255AsciiCharacters() {
    assertThat(new Subject("s".repeat(255)).value()).hasSize(255);
    assertThatThrownBy(() -> new Subject("s".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subject("sübject")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Subject("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"SP-5.3.2.2-14"})
  void nonceOf64CharactersIsKeptAsItIs() {
    String nonce = "n-0S6_WzA2Mj ü€".repeat(5).substring(0, 64);

    assertThat(Nonce.parse(nonce).value()).isEqualTo(nonce);
  }

  @Test
  @Requirement({"SP-5.3.2.2-14"})
  void nonceOf65CharactersIsRefused() {
    assertThat(errorOf(() -> Nonce.parse("n".repeat(65)))).isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(errorOf(() -> Nonce.parse("a\u0000b"))).isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(errorOf(() -> Nonce.parse("a\r\nb"))).isEqualTo(OAuthError.INVALID_REQUEST);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4"})
  void stateMayBeLongAndIsKeptAsItIs() {
    String state = "{\"after\": \"<login> & 'more'\"}".repeat(100);

    assertThat(State.parse(state).value()).isEqualTo(state);
    assertThat(State.parse("s".repeat(8192)).value()).hasSize(8192);
    assertThat(errorOf(() -> State.parse("s".repeat(8193)))).isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(errorOf(() -> State.parse("a\nb"))).isEqualTo(OAuthError.INVALID_REQUEST);
  }

  @Test
  @Requirement({"DP-15"})
  void jtiIsCapped() {
    assertThat(new Jti("j".repeat(256)).value()).hasSize(256);
    assertThatThrownBy(() -> new Jti("j".repeat(257))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Jti("a\u001bb")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"SP-5.4.1-4"})
  void randomIdsHave256Bits() {
    SecureRandom random = new SecureRandom();

    assertThat(Jti.random(random).value()).matches("[A-Za-z0-9_-]{43}");
    assertThat(GrantId.random(random).value()).matches("[A-Za-z0-9_-]{43}");
    assertThat(GrantId.random(random)).isNotEqualTo(GrantId.random(random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://api.example", "https://api.example/v1?x=1", "urn:example:accounts"})
  @Requirement({"OA-11"})
  void resourceIsAnAbsoluteUri(String value) {
    assertThat(ResourceIndicator.parse(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/accounts",
        "api.example",
        "https://api.example/#",
        "https://api.example/#a",
        "https://user@api.example/",
        "https:///accounts",
        "https://api.example/a b",
        "https://api.example/ä",
        "https://api.example/\\",
        "urn:example:a#b",
      })
  @Requirement({"OA-11"})
  void refusesAnyOtherResourceAsInvalidTarget(String value) {
    assertThat(errorOf(() -> ResourceIndicator.parse(value))).isEqualTo(OAuthError.INVALID_TARGET);
  }

  @Test
  @Requirement({"SP-5.3.2.1-2", "BCP-2.4"})
  void knowsNoPasswordGrant() {
    assertThat(GrantType.of("authorization_code")).contains(GrantType.AUTHORIZATION_CODE);
    assertThat(GrantType.of("refresh_token")).contains(GrantType.REFRESH_TOKEN);
    assertThat(GrantType.of("client_credentials")).contains(GrantType.CLIENT_CREDENTIALS);
    assertThat(GrantType.of("password")).isEmpty();
    assertThat(GrantType.of("implicit")).isEmpty();
    assertThat(GrantType.of("AUTHORIZATION_CODE")).isEmpty();
  }
}
