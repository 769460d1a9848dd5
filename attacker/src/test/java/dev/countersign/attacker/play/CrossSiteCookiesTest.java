package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cookies go along when another site makes a browser post. */
class CrossSiteCookiesTest {
  private final CrossSiteCookies cookies = new CrossSiteCookies();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1; SameSite=Lax",
        "a=1;samesite = strict ; Secure",
        "a=1; Path=/; SAMESITE=LAX"
      })
  void keepsACookieOfTheSameSite(String setCookie) {
    cookies.set(setCookie);
    assertThat(cookies.sent("a=1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", "a=1; SameSite=None; Secure", "a=1; SameSite", "a=samesite=lax"})
  void sendsEveryOther(String setCookie) {
    cookies.set(setCookie);
    assertThat(cookies.sent("a=1")).isEqualTo("a=1");
  }

  @Test
  void judgesEachCookieOfAFieldByItsName() {
    cookies.set("kept=1; SameSite=Lax");
    cookies.set("sent=2; SameSite=None");
    assertThat(cookies.sent("kept=1; sent=2; other=3")).isEqualTo("sent=2; other=3");
  }

  @Test
  void theNewestAttributeCounts() {
    cookies.set("a=1; SameSite=Lax");
    cookies.set("a=2; SameSite=None");
    assertThat(cookies.sent("a=2")).isEqualTo("a=2");
  }
}
