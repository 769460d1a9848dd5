package dev.countersign.attacker.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalReportTest {

  private static String printed(Charset charset, boolean colour, Consumer<TerminalReport> what) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    what.accept(new TerminalReport(new PrintStream(out, true, charset), colour));
    return out.toString(charset);
  }

  private static String end(Findings findings) {
    return printed(UTF_8, false, report -> report.end(findings));
  }

  private static String line(Result result, boolean colour) {
    return printed(
        UTF_8,
        colour,
        report -> {
          report.begins(result.about(), 7, 104);
          report.ended(result, 7, 104);
        });
  }

  @Test
  void tellsASecureRecipeInOneLine() {
    assertThat(line(SampleFindings.secure(), false).lines().toList())
        .containsExactly("[  7/104] A1-02   par-unauth                                 SECURE");
  }

  @Test
  void tellsWhyARecipeIsNotSecure() {
    assertThat(line(SampleFindings.notRun("ATT-70", "needs a listener"), false))
        .contains("NOT RUN\n            needs a listener\n");
  }

  @Test
  void coloursOnlyIfAsked() {
    assertThat(line(SampleFindings.secure(), true)).contains("\u001b[32mSECURE\u001b[0m");
    assertThat(line(SampleFindings.vulnerable(), true)).contains("\u001b[1;31mVULNERABLE");
    assertThat(end(SampleFindings.all())).doesNotContain("\u001b");
  }

  @Test
  void letsNoServerBeginALineOrSteerTheTerminal() {
    String told = line(SampleFindings.vulnerable(), false) + end(SampleFindings.all());
    assertThat(told).contains("<script>alert(1)</script>").doesNotContain("\u001b", "\u202e", "\0");
    assertThat(told.lines().map(String::strip)).noneMatch(line -> line.startsWith("[9/9]"));
  }

  @Test
  void staysWithinItsWidth() {
    assertThat(end(SampleFindings.all()).lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 60, 80, 98})
  void staysWithinANarrowTerminal(int width) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TerminalReport(new PrintStream(out, true, UTF_8), false, width).end(SampleFindings.all());
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= Math.max(40, width));
    assertThat(out.toString(UTF_8)).contains("    1 VULNERABLE, 1 SECURE\n");
  }

  @Test
  void saysHowFarAnInterruptedRunCame() {
    Findings calm = SampleFindings.without(Verdict.VULNERABLE, Verdict.INCONCLUSIVE);
    assertThat(printed(UTF_8, false, report -> report.endEarly(SampleFindings.interrupted(calm))))
        .contains("Interrupted after 6 of 131 recipes. No attack succeeded. 6 recipes with");
  }

  @Test
  void showsTheMatrixWithCounts() {
    assertThat(end(SampleFindings.all()).lines())
        .contains(
            "A1              1 VULNERABLE     -                1 VULNERABLE      -               "
                + " -",
            "                1 SECURE",
            "A5              1 RESIDUAL       -                -                 1 ODD CODE      "
                + " -",
            "(informative)");
  }

  @Test
  void saysWhatIsNotSecureWhatItMeansAndWhatToChange() {
    assertThat(end(SampleFindings.all()))
        .contains(
            "VULNERABLE  A1-19 code-replay (ATT-05)",
            "  rule        SP-5.3.2.2-9: a code is redeemed once",
            "  means       A code that leaked after its use still gives tokens.",
            "  change      Take a code once, in one atomic step.",
            "INCONCLUSIVE  A3-01 request-leak\n  because     what is right failed",
            "SECURE BUT ODD CODE  J-11 jti-replay\n  found       the same assertion: answered 400");
    assertThat(
            end(
                SampleFindings.without(
                    Verdict.VULNERABLE, Verdict.INCONCLUSIVE, Verdict.SECURE_BUT_ODD_CODE)))
        .doesNotContain("Not secure");
  }

  @Test
  void namesTheSectionThatAcceptsWhatRemains() {
    assertThat(end(SampleFindings.all()))
        .contains("A5-02 proof-replay\n", "taken once more\n  accepted by AM-7.7 section 2\n");
    assertThat(end(SampleFindings.without(Verdict.RESIDUAL))).doesNotContain("accepted by");
  }

  @Test
  void groupsWhatWasNotRunByTheReason() {
    assertThat(end(SampleFindings.all()))
        .contains(
            """
              needs a listener
                ATT-70 not-run-ATT-70, ATT-71 not-run-ATT-71
              needs a look at logs
            """);
  }

  @Test
  void endsWithCountsDurationAndRequests() {
    assertThat(end(SampleFindings.all()))
        .contains("    1 VULNERABLE\n    1 INCONCLUSIVE\n", "    3 NOT RUN\n")
        .endsWith(
            "1 attack succeeded. 8 recipes with 1234 requests against https://as.example.com in 1"
                + " min 23 s.\n");
  }

  @Test
  void asksNothingOfATerminalWithoutUnicode() {
    Result long600 =
        new Result(SampleFindings.CODE, Verdict.INCONCLUSIVE, "x".repeat(700), List.of());
    assertThat(printed(UTF_8, false, report -> report.ended(long600, 1, 1))).contains("x…");
    assertThat(printed(US_ASCII, false, report -> report.ended(long600, 1, 1)))
        .contains("x...")
        .doesNotContain("?");
  }
}
