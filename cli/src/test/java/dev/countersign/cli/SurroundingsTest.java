package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsTest {

  @Test
  void areAsWideAsTheEnvironmentSays() {
    assertThat(Surroundings.columns("72", false)).isEqualTo(72);
    assertThat(Surroundings.columns("240", true)).isEqualTo(240);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "wide", "99999", "1e3"})
  void areOfAHundredColumnsIfItSaysNothing(String variable) {
    assertThat(Surroundings.columns(variable, false)).isEqualTo(100);
  }
}
