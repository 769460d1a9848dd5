package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.viewer.Secrecy.Field;
import dev.countersign.demo.viewer.Secrecy.Mark;
import org.junit.jupiter.api.Test;

class SecrecyTest {

  @Test
  void showsWholeOnlyWhatItKnowsToBeHarmless() {
    assertThat(Secrecy.parameter("scope", "openid accounts"))
        .isEqualTo(new Field("scope", "openid accounts", Mark.WHOLE));
    assertThat(Secrecy.parameter("brand_new_parameter", "0123456789abcdef"))
        .isEqualTo(new Field("brand_new_parameter", "01234567\u2026", Mark.SECRET));
    assertThat(Secrecy.parameter("id_token_hint", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA"))
        .isEqualTo(new Field("id_token_hint", "eyJhbGci\u2026", Mark.SECRET));
    assertThat(Secrecy.field("Content-Type", "text/html").mark()).isEqualTo(Mark.WHOLE);
    assertThat(Secrecy.field("X-New", "0123456789abcdef").value()).isEqualTo("01234567\u2026");
  }

  @Test
  void showsNothingOfAPassword() {
    assertThat(Secrecy.parameter("password", "correct horse"))
        .isEqualTo(new Field("password", "", Mark.HIDDEN));
  }

  @Test
  void showsHalfOfAShortSecretAtMost() {
    assertThat(Secrecy.beginning("123456")).isEqualTo("123\u2026");
    assertThat(Secrecy.beginning("1")).isEqualTo("\u2026");
    assertThat(Secrecy.beginning("urn:ietf:params:oauth:request_uri:abcdefghijklmnopqrst"))
        .isEqualTo("urn:ietf:params:oauth:request_uri:abcdefgh\u2026");
  }

  @Test
  void takesOutWhatAPageDoesNotShow() {
    assertThat(Secrecy.clean("a\u202eb\u0000c\u2028d\ud800e"))
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
    assertThat(Secrecy.clean("Gr\u00fc\u00dfe <b>")).isEqualTo("Gr\u00fc\u00dfe <b>");
    assertThat(Secrecy.clean("x".repeat(2001))).hasSize(2001).endsWith("\u2026");
  }
}
