package dev.countersign.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {

  @Test
  void keepsTheCondition() {
    assertThat(Level.of("MUST NOT (if DPoP)"))
        .isEqualTo(new Level(Keyword.MUST_NOT, Optional.of("if DPoP")))
        .hasToString("MUST NOT (if DPoP)");
  }

  @Test
  void holdsAlwaysWithoutACondition() {
    assertThat(Level.of("MUST"))
        .isEqualTo(new Level(Keyword.MUST, Optional.empty()))
        .hasToString("MUST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MUST", "MUST NOT", "MUST (if DPoP)"})
  void isMandatoryWhereItSaysMust(String text) {
    assertThat(Level.of(text).isMandatory()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHOULD", "SHOULD NOT", "RECOMMENDED", "MAY", "CONSIDER", "FACT", "NOTE"})
  void isNotMandatoryBelowMust(String text) {
    assertThat(Level.of(text).isMandatory()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHALL", "must", "MUST_NOT", "MUST (", "MUST ()", "MUST(if DPoP)"})
  void refusesWhatIsNoLevel(String text) {
    assertThatThrownBy(() -> Level.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("level \"");
  }
}
