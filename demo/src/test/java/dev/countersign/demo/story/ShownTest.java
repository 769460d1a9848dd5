package dev.countersign.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void shortensASecretToItsBeginning() {
    assertThat(Shown.detail("code", "0123456789abcdef"))
        .isEqualTo(new Detail("code", "01234567..."));
  }

  @Test
  void shortensTheRandomPartOfARequestUri() {
    assertThat(Shown.detail("request_uri", "urn:ietf:params:oauth:request_uri:0123456789").value())
        .isEqualTo("urn:ietf:params:oauth:request_uri:01234567...");
  }

  @Test
  void showsNothingOfAPassword() {
    assertThat(Shown.detail("password", "secret").value()).isEqualTo("(not shown)");
  }

  @Test
  void showsOtherValuesWhole() {
    assertThat(Shown.detail("scope", "openid accounts").value()).isEqualTo("openid accounts");
  }

  @Test
  void saysEurosInAscii() {
    assertThat(Shown.printable("\u20ac12.50, payee\u2019s")).isEqualTo("EUR 12.50, payee's");
  }

  @Test
  void letsNoControlCharacterReachTheTerminal() {
    assertThat(Shown.detail("name", "a\u001b[2Jb\u00e9\n").value()).isEqualTo("a?[2Jb??");
  }
}
