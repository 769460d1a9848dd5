package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesCommandTest {

  @Test
  void printsWhatARuleSaysAndWhereItIsEnforcedAndShown() {
    Ran ran = Ran.command("rules", "SP-5.3.2.1-8");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .startsWith("SP-5.3.2.1-8  MUST")
        .containsSubsequence(
            "Source:\n  FAPI 2.0 Security Profile, 5.3.2.1 item 8",
            "Enforced by:\n",
            "  server: dev.countersign.server.client.ClientAuthenticator.authenticate\n",
            "Shown by:\n",
            "  server: dev.countersign.server.client.ClientAuthenticationTest."
                + "refusesAnAudienceThatIsAnArray\n");
    assertThat(ran.out().lines()).allMatch(line -> !line.isBlank() || line.isEmpty());
  }

  @Test
  void takesAnIdInWhateverCase() {
    assertThat(Ran.command("rules", "sp-5.3.2.1-8").out())
        .isEqualTo(Ran.command("rules", "SP-5.3.2.1-8").out());
  }

  @Test
  void saysThatNothingEnforcesAnExplanation() {
    Ran ran = Ran.command("rules", "SP-5.2.1-N1");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("NOTE", "Enforced by: nothing", "Shown by: nothing");
  }

  @Test
  void listsThoseWithTheSameBeginning() {
    Ran ran = Ran.command("rules", "SP-5.3.2.1");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().lines())
        .hasSizeGreaterThan(10)
        .allMatch(line -> line.startsWith("SP-5.3.2.1-") && line.length() <= 96);
  }

  @Test
  void doesNotTakeTheBeginningOfANumberForAPart() {
    assertThat(Ran.command("rules", "SP-5.3.2.1-1").out()).doesNotContain("SP-5.3.2.1-11");
    assertThat(Ran.command("rules", "SP-5.3.2.").out()).contains("SP-5.3.2.1-8");
  }

  @Test
  void suggestsWhatAnUnknownIdMayHaveMeant() {
    Ran ran = Ran.command("rules", "SP-5.3.2.1-8x");

    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("There is no requirement SP-5.3.2.1-8x. Did you mean one of SP-5.3.2.1-8, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server/src/main/java/dev/countersign/server/client/ClientAuthenticator.java",
        "ClientAuthenticator.java",
        "ClientAuthenticator",
        "dev.countersign.server.client.ClientAuthenticator"
      })
  void listsWhatASourceFileEnforces(String file) {
    Ran ran = Ran.command("rules", "--file", file);

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().lines()).anyMatch(line -> line.startsWith("SP-5.3.2.1-8 "));
  }

  @Test
  void listsWhatHasAllTheWords() {
    Ran ran = Ran.command("rules", "--search", "dpop NONCE");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("DP-");
  }

  @Test
  void saysThatAFileOrWordIsNowhere() {
    for (List<String> none : List.of(List.of("--file", "No.java"), List.of("--search", "qqq"))) {
      Ran ran = Ran.command("rules", none.get(0), none.get(1));
      assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).startsWith("There is no requirement ").contains(none.get(1));
    }
  }

  @Test
  void listsTheDocumentsOtherwise() {
    Ran ran = Ran.command("rules");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().lines())
        .anyMatch(line -> line.matches("FAPI 2.0 Security Profile +\\d+ {2}SP-"));
  }

  @Test
  void takesOneQuestionAtATime() {
    assertThat(Ran.command("rules", "SP-5.3.2.1-8", "--search", "x").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
