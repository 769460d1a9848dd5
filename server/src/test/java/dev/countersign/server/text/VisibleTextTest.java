package dev.countersign.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else wrote, as it can be shown to people. */
@Requirement({"RAR-12-3"})
class VisibleTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Ben", "Žluťoučký kůň & Söhne", "תקציב שמשי", "ميزانية", "<b>\"'`", "日本", "👩"})
  void writingOfPeopleStays(String text) {
    assertThat(VisibleText.of(text)).isEqualTo(text);
    assertThat(VisibleText.isFit(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202E", "\u2066", "\u200B", "\u00AD", "\uFEFF", "\n", "\t", "\u0000", "\u2028", "\uE000",
        "\u3164", "\uFE0F", "\u2800", "\u200D"
      })
  void whatIsInvisibleOrTurnsTheTextIsReplacedByASign(String hidden) {
    assertThat(VisibleText.of("a" + hidden + "b")).isEqualTo("a\uFFFDb");
    assertThat(VisibleText.isFit("a" + hidden + "b")).isFalse();
  }

  @Test
  void marksBeyondTheFourthUponALetterAreReplaced() {
    assertThat(VisibleText.of("a\u0301\u0302\u0303\u0304\u0305b\u0301"))
        .isEqualTo("a\u0301\u0302\u0303\u0304\uFFFDb\u0301");
  }

  @Test
  void anySpaceBecomesTheCommonOne() {
    assertThat(VisibleText.of("a\u00a0b\u2003c")).isEqualTo("a b c");
    assertThat(VisibleText.isFit("a\u00a0b")).isFalse();
    assertThat(VisibleText.isFit("  ")).isFalse();
    assertThat(VisibleText.isFit("\u0301")).isFalse();
  }
}
