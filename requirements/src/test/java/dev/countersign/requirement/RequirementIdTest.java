package dev.countersign.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"SP-5.3.2.1-11", "SP-5.3.2.2-N3", "9701-1", "PKCE-V", "G-NR1..NR5"})
  void printsWhatItWasMadeFrom(String value) {
    assertThat(RequirementId.of(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SP", "SP-", "-1", "sp-1", "SP_1-1", "SP-1 ", " SP-1", "SP-1\n"})
  void refusesAnyOtherForm(String value) {
    assertThatThrownBy(() -> RequirementId.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SP-5.3.2.1-11");
  }
}
