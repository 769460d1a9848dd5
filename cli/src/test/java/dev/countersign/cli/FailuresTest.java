package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Command(name = "thing")
  private static final class Thing {}

  @Test
  void showsAnExpectedFailureAsItsSentence() {
    assertThat(report(new CommandFailure(69, "The port is busy."))).isEqualTo(69);
    assertThat(err.toString(UTF_8)).isEqualToIgnoringNewLines("The port is busy.");
  }

  @Test
  void keepsTheStackTraceOfAnUnexpectedOneOutOfSight() throws Exception {
    assertThat(report(new IllegalStateException("inner workings"))).isEqualTo(1);
    String said = err.toString(UTF_8);
    assertThat(said.lines()).hasSize(1);
    assertThat(said).doesNotContain("inner workings", "Exception", "\tat ");
    Path details =
        Path.of(said.substring(said.indexOf("are in ") + 7).strip().replaceAll("\\.$", ""));
    assertThat(Files.readString(details)).contains("inner workings", "\tat ");
    Files.delete(details);
  }

  private int report(Exception fault) {
    return Failures.report(fault, new CommandLine(new Thing()), new PrintStream(err, true, UTF_8));
  }
}
