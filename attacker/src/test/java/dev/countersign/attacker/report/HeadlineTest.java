package dev.countersign.attacker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.play.Verdict;
import org.junit.jupiter.api.Test;

class HeadlineTest {

  @Test
  void saysWhatSucceeded() {
    assertThat(Headline.of(SampleFindings.all()))
        .isEqualTo(new Headline(Verdict.VULNERABLE, "1 attack succeeded."));
  }

  @Test
  void doesNotCallUnknownSecure() {
    assertThat(Headline.of(SampleFindings.without(Verdict.VULNERABLE)))
        .isEqualTo(
            new Headline(Verdict.INCONCLUSIVE, "No attack succeeded, but of 1 it is not known."));
  }

  @Test
  void saysThatNothingSucceeded() {
    assertThat(Headline.of(SampleFindings.without(Verdict.VULNERABLE, Verdict.INCONCLUSIVE)).text())
        .isEqualTo("No attack succeeded.");
  }

  @Test
  void doesNotCallSecureWhatWasInterrupted() {
    Findings calm = SampleFindings.without(Verdict.VULNERABLE, Verdict.INCONCLUSIVE);
    assertThat(Headline.of(SampleFindings.interrupted(calm)))
        .isEqualTo(
            new Headline(
                Verdict.INCONCLUSIVE, "Interrupted after 6 of 131 recipes. No attack succeeded."));
    assertThat(Headline.of(SampleFindings.interrupted(SampleFindings.all())).verdict())
        .isEqualTo(Verdict.VULNERABLE);
  }

  @Test
  void doesNotCallUntriedSecure() {
    Findings untried =
        SampleFindings.without(
            Verdict.VULNERABLE,
            Verdict.INCONCLUSIVE,
            Verdict.RESIDUAL,
            Verdict.SECURE_BUT_ODD_CODE,
            Verdict.SECURE);
    assertThat(Headline.of(untried))
        .isEqualTo(new Headline(Verdict.NOT_RUN, "No attack was tried."));
  }
}
