package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {

  @Test
  void listsItsCommandsWithoutBeingAsked() {
    Ran help = Ran.command();
    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains(
            "tour",
            "demo",
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

  @Test
  void refusesWhatIsNoPort() {
    assertThat(Ran.command("tour", "--as-port", "65536").exitCode()).isEqualTo(2);
    assertThat(Ran.command("tour", "--api-port", "https").err())
        .contains("'https' is not a port of 0 to 65535");
  }
}
