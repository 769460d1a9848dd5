package dev.countersign.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void namesItsModule() {
    assertThat(Placeholder.module()).isEqualTo("resource");
  }
}
