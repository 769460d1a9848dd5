package dev.countersign.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FullRunTest {
  @Test
  @Tag("full")
  void runsOnlyInTheFullProfile() {
    assertThat(Boolean.getBoolean("countersign.full")).isTrue();
    assertThat(System.getProperty("countersign.root")).isNotBlank();
  }
}
