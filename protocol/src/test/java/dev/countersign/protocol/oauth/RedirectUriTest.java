package dev.countersign.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example/cb",
        "https://client.example:8443/cb?tenant=1",
        "https://client.example",
        "http://127.0.0.1/cb",
        "http://127.0.0.1:51004/cb",
        "http://[::1]:51004/cb",
      })
  @Requirement({"SP-5.3.2.2-8"})
  void acceptsHttpsAndTheLoopbackOfNativeApps(String value) {
    assertThat(RedirectUri.parse(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://client.example/cb",
        "http://localhost/cb",
        "http://127.0.0.2/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://0.0.0.0/cb",
        "http://[::]/cb",
        "http://[::ffff:127.0.0.1]/cb",
        "com.example.app:/cb",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "/cb",
        "//client.example/cb",
        "client.example/cb",
        "",
        "https:client.example",
        "https:///cb",
        "https://",
      })
  @Requirement({"SP-5.3.2.2-8"})
  void refusesEveryOtherSchemeAndHost(String value) {
    assertRefused(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example/cb#fragment",
        "https://client.example/cb#",
        "https://user@client.example/cb",
        "https://user:pass@client.example/cb",
        "https://client.example@evil.example/cb",
        "https://@client.example/cb",
        "http://127.0.0.1@evil.example/cb",
        "http://evil.example\\@127.0.0.1/cb",
        "https://client.example\\.evil.example/cb",
        "https://client.example/c b",
        "https://client.example/cb\r\nLocation: x",
        "https://client.example/cb\u0000",
        "https://clïent.example/cb",
        "https://client.example:/cb",
        "https://client.example:0/cb",
        "https://client.example:65536/cb",
        "https://client.example/%zz",
        "https://client_example/cb",
      })
  @Requirement({"SP-5.3.2.2-8", "SP-5.3.2.1-7"})
  void refusesWhatTwoReadersCouldReadDifferently(String value) {
    assertRefused(value);
  }

  @Test
  void refusesMoreThan2048Characters() {
    String prefix = "https://client.example/";
    assertThat(RedirectUri.parse(prefix + "a".repeat(2048 - prefix.length())).value())
        .hasSize(2048);
    assertRefused(prefix + "a".repeat(2049 - prefix.length()));
  }

  @Test
  @Requirement({"BCP-2.1-1"})
  void matchesTheSameText() {
    assertThat(matches("https://client.example/cb?a=1", "https://client.example/cb?a=1")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example/cb/",
    "https://client.example/CB",
    "https://CLIENT.example/cb",
    "https://client.example:443/cb",
    "https://client.example/cb?",
    "https://client.example/cb?x=1",
    "https://client.example/./cb",
    "https://client.example/%63b",
    "https://client.example.evil.example/cb",
    "https://client.example:8443/cb",
  })
  @Requirement({"BCP-2.1-1"})
  void doesNotMatchWhatOnlyMeansTheSame(String requested) {
    assertThat(matches(requested, "https://client.example/cb")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:51004/cb, http://127.0.0.1/cb",
    "http://127.0.0.1:51004/cb, http://127.0.0.1:8080/cb",
    "http://127.0.0.1/cb,       http://127.0.0.1:8080/cb",
    "http://[::1]:51004/cb,     http://[::1]/cb",
  })
  @Requirement({"BCP-2.1-1", "SP-5.3.2.2-8"})
  void leavesThePortOfALoopbackFree(String requested, String registered) {
    assertThat(matches(requested, registered)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:51004/cb2,    http://127.0.0.1/cb",
    "http://127.0.0.1:51004/cb?x=1, http://127.0.0.1/cb",
    "http://127.0.0.1:51004/cb,     http://[::1]/cb",
    "https://127.0.0.1:51004/cb,    https://127.0.0.1/cb",
    "https://127.0.0.1/cb,          http://127.0.0.1/cb",
  })
  @Requirement({"BCP-2.1-1"})
  void leavesNothingButThePortOfALoopbackFree(String requested, String registered) {
    assertThat(matches(requested, registered)).isFalse();
  }

  private static boolean matches(String requested, String registered) {
    return RedirectUri.parse(requested).matches(new RedirectUri(registered));
  }

  private static void assertRefused(String value) {
    assertThatThrownBy(() -> RedirectUri.parse(value))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refused -> {
              Refusal.OAuth refusal = (Refusal.OAuth) refused.refusal();
              assertThat(refusal.error()).isEqualTo(OAuthError.INVALID_REQUEST);
              assertThat(refusal.rule().value()).isEqualTo("SP-5.3.2.2-8");
            });
  }
}
