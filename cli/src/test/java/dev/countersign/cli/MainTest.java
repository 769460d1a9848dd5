package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  @Test
  void isCalledCountersign() {
    assertThat(CommandLine.Model.CommandSpec.forAnnotatedObject(Main.class).name())
        .isEqualTo("countersign");
  }
}
