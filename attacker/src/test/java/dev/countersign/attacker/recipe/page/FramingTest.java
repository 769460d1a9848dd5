package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have a page in a frame. */
class FramingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frame-ancestors 'none' | REFUSED",
        "default-src 'self'; Frame-Ancestors 'self' | REFUSED",
        "frame-ancestors | REFUSED",
        "frame-ancestors https://as.example | REFUSED",
        "frame-ancestors 'self' * | OPEN",
        "frame-ancestors https: | OPEN",
        "frame-ancestors https://*.example | OPEN",
        "frame-ancestors https://partner.example | NAMED",
        "frame-ancestors *; frame-ancestors 'none' | OPEN",
        "default-src 'none' | OPEN",
      })
  void readsThePolicy(String policy, Framing expected) {
    Answer page = Answers.of(200, "text/html", "", "Content-Security-Policy", policy);
    assertThat(Framing.of(page)).isEqualTo(expected);
  }

  @Test
  void theStrictestOfSeveralPoliciesCounts() {
    String open = "frame-ancestors *";
    String closed = "frame-ancestors 'none'";
    assertThat(
            Framing.of(
                Answers.of(
                    200,
                    "text/html",
                    "",
                    "Content-Security-Policy",
                    open,
                    "Content-Security-Policy",
                    closed)))
        .isEqualTo(Framing.REFUSED);
    assertThat(
            Framing.of(
                Answers.of(200, "text/html", "", "Content-Security-Policy", open + ", " + closed)))
        .isEqualTo(Framing.REFUSED);
  }

  @Test
  void theOldFieldCountsOnlyWithoutAPolicyForFrames() {
    assertThat(Framing.of(Answers.of(200, "text/html", "", "X-Frame-Options", "DENY")))
        .isEqualTo(Framing.BY_OLD_FIELD);
    assertThat(
            Framing.of(
                Answers.of(
                    200,
                    "text/html",
                    "",
                    "X-Frame-Options",
                    "DENY",
                    "Content-Security-Policy",
                    "frame-ancestors *")))
        .isEqualTo(Framing.OPEN);
    assertThat(Framing.of(Answers.of(200, "text/html", "", "X-Frame-Options", "ALLOWALL")))
        .isEqualTo(Framing.OPEN);
  }

  @Test
  void thereIsNothingToClickOnInAnErrorThatIsNoHtml() {
    assertThat(Framing.of(Answers.of(400, "application/json", "{}"))).isEqualTo(Framing.NO_PAGE);
    assertThat(Framing.of(Answers.of(400, "text/plain", "no"))).isEqualTo(Framing.NO_PAGE);
    assertThat(Framing.of(Answers.of(400, "text/html; charset=utf-8", "no")))
        .isEqualTo(Framing.OPEN);
  }
}
