package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  @Test
  void listsItsCommandsWithoutBeingAsked() {
    Ran help = Ran.command();
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains(
            "tour",
            "demo",
            "attack",
            "init",
            "check",
            "serve",
            "password-hash",
            "registration-token",
            "conformance-client",
            "Exit codes:",
            "69");
    assertThat(Ran.command("--help").out()).isEqualTo(help.out());
  }

  @Test
  void saysItsVersion() {
    String version = Ran.command("--version").out();
    assertThat(version).startsWith("countersign ");
    for (String command : new String[] {"check", "registration-token", "conformance-client"}) {
      assertThat(Ran.command(command, "--version").out()).as(command).isEqualTo(version);
    }
  }

  @Test
  void hasHelpForEveryCommand() {
    for (String command :
        new String[] {
          "tour",
          "demo",
          "attack",
          "init",
          "check",
          "serve",
          "password-hash",
          "registration-token",
          "conformance-client"
        }) {
      Ran help = Ran.command(command, "--help");
      assertThat(help.exitCode()).isZero();
      assertThat(help.out()).contains("Usage: countersign " + command);
    }
  }

  @Test
  void refusesAnUnknownOptionInOneSentence() {
    Ran wrong = Ran.command("tour", "--fast");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err().lines()).hasSize(1);
    assertThat(wrong.err()).contains("--fast", "countersign tour --help");
  }

  @Test
  void refusesAnUnknownCommandInOneSentence() {
    Ran wrong = Ran.command("dance");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tuor | There is no command 'tuor'. Did you mean tour? | ''
          password | There is no command 'password'. Did you mean password-hash? | ''
          dance | There is no command 'dance'. | ''
          help dance | There is no command 'dance'. | ''
          help grants lst | There is no command 'lst'. Did you mean list? | grants
          tour --jsn | There is no option '--jsn'. Did you mean --json? | tour
          tour -x | There is no option '-x'. | tour
          tour signed | Nothing more is expected: 'signed'. | tour
          check --config a --schema | Give one of --config and --schema, and only one. | check
          rules SP-1 --search par | Give one of ID, --file and --search, and only one. | rules
          conformance | Give one of --serve, --test-client and --out, and only one. | conformance
          tour --json --json | option '--json' should be specified only once. | tour
          """)
  void saysWhatIsWrongAndWhatWasMeant(String line, String told, String command) {
    Ran wrong = Ran.command(line.split(" "));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo("%s Try %s --help.%n", told, ("countersign " + command).strip());
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void takesOneOfSeveralTasksAndOneOnly() {
    String told = "Give one of --serve, --test-client and --out, and only one.";
    assertThat(Ran.command("conformance", "--out", "a", "--serve", "b").err()).startsWith(told);
    assertThat(Ran.command("conformance", "--suite", "https://a.example").err()).startsWith(told);
    assertThat(Ran.command("demo", "--messagesigning").err()).contains("mean --message-signing?");
  }

  @Test
  void showsItsHelpByTheWordToo() {
    assertThat(Ran.command("help").out()).isEqualTo(Ran.command("--help").out());
    Ran list = Ran.command("help", "grants", "list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).isEqualTo(Ran.command("grants", "list", "--help").out());
  }

  @Test
  void wantsAPortOfItsOwnForEachPart() {
    Ran tour = Ran.command("tour", "--as-port", "9443", "--api-port", "9443");
    assertThat(tour.exitCode()).isEqualTo(2);
    assertThat(tour.err()).startsWith("--as-port and --api-port are both 9443: each needs");
    // The default of another one.
    Ran demo = Ran.command("demo", "--viewer-port", "8443");
    assertThat(demo.exitCode()).isEqualTo(2);
    assertThat(demo.err()).startsWith("--as-port and --viewer-port are both 8443: each needs");
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThat(Ran.command("tour", "--as-port", "65536").exitCode()).isEqualTo(2);
    assertThat(Ran.command("tour", "--api-port", "https").err())
        .contains("'https' is not a port of 0 to 65535");
  }
}
