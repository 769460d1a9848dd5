package dev.countersign.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "~", "a \"b\" \\ c", "Zahlung an Jürgen für 5 €", "\uD83D\uDE00"})
  void whatIsSeenStays(String text) {
    assertThat(OneLine.of(text)).isSameAs(text);
  }

  /** The C0 and C1 controls, then what turns the direction, hides, or ends a line. */
  @ParameterizedTest
  @CsvSource({
    "0000", "0009", "000a", "000d", "001b", "001f", "007f", "0085", "009b", "00ad", "200b", "200e",
    "2028", "2029", "202e", "2066", "feff"
  })
  void whatIsNotSeenIsEscaped(String code) {
    char unseen = (char) Integer.parseInt(code, 16);
    assertThat(OneLine.of("a" + unseen + "b")).isEqualTo("a\\u" + code + "b");
  }

  @Test
  void aQuoteCannotEndWhatIsQuoted() {
    assertThat(OneLine.quoted("a\"\\\n")).isEqualTo("\"a\\\"\\\\\\u000a\"");
  }
}
