package dev.countersign.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Headers;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {
  private static final String NAME = "__Host-countersign-browser";

  private static Headers sent(String... cookies) {
    return Headers.of(Arrays.stream(cookies).map(cookie -> Map.entry("Cookie", cookie)).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NAME + "=abc",
        "a=b; " + NAME + "=abc",
        "a=b;" + NAME + "=abc;c=d",
        "  " + NAME + "=abc  ; x",
        "__Host-countersign-session=x; " + NAME + "=abc"
      })
  void findsTheKeyAmongOthers(String header) {
    assertThat(Cookies.browser(sent(header))).contains(new BrowserKey("abc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=b",
        NAME,
        NAME + "=",
        NAME + "=a b",
        NAME + "=\u00e9",
        "x" + NAME + "=abc",
        "__host-countersign-browser=abc",
        NAME + "2=abc",
        NAME + "=abc; " + NAME + "=abc",
        NAME + "=abc; " + NAME + "=other"
      })
  void takesNothingElseForIt(String header) {
    assertThat(Cookies.browser(sent(header))).isEmpty();
  }

  @Test
  void takesNoneOfTwoHeaders() {
    assertThat(Cookies.browser(sent(NAME + "=a", NAME + "=b"))).isEmpty();
    assertThat(Cookies.browser(sent(NAME + "=a", "x=b"))).contains(new BrowserKey("a"));
    assertThat(Cookies.browser(sent())).isEmpty();
  }

  @Test
  void takesNoValueOverItsLength() {
    assertThat(Cookies.browser(sent(NAME + "=" + "x".repeat(128)))).isPresent();
    assertThat(Cookies.browser(sent(NAME + "=" + "x".repeat(129)))).isEmpty();
  }

  @Test
  void setsBothBesideEachOther() {
    SecureRandom random = new SecureRandom();
    HttpResponse response =
        Cookies.withSession(
            Cookies.withBrowser(HttpResponse.empty(204), BrowserKey.random(random)),
            SessionId.random(random));
    assertThat(response.all("Set-Cookie"))
        .hasSize(2)
        .allMatch(cookie -> cookie.endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax"));
  }

  @Test
  void aFormTokenIsOneOfItsBrowserAndPurpose() {
    BrowserKey key = new BrowserKey("key");
    FormToken token = key.formToken("login:x");
    assertThat(token).isEqualTo(new BrowserKey("key").formToken("login:x"));
    assertThat(token).isNotEqualTo(key.formToken("login:y"));
    assertThat(token).isNotEqualTo(new BrowserKey("other").formToken("login:x"));
    assertThat(token).isNotEqualTo(new BrowserKey("keylo").formToken("gin:x"));
    assertThat(token.reveal()).doesNotContain("key").hasSize(64);
  }
}
