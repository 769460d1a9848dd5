package dev.countersign.attacker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void keepsLinesAndTabsOfALongerText() {
    assertThat(Texts.lines("a\r\n\tb ä €")).isEqualTo("a\n\tb ä €");
  }

  @Test
  void marksWhatIsNotSeen() {
    assertThat(Texts.lines("\0\u001b[2J\u202e\u2028\ufeff\ud800")).isEqualTo("��[2J����");
  }

  @Test
  void putsAllOnOneLineAndCutsIt() {
    assertThat(Texts.oneLine("a\nb\u001bc", 10)).isEqualTo("a b c");
    assertThat(Texts.oneLine("abcdef", 3)).isEqualTo("abc…");
    assertThat(Texts.oneLine("abc", 3)).isEqualTo("abc");
  }
}
