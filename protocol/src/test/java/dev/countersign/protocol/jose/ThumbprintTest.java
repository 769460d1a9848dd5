package dev.countersign.protocol.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbprintTest {

  @Test
  @Requirement({"DP-9"})
  void isTheBase64UrlOf32Bytes() {
    assertThat(new Thumbprint("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
        .hasToString("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4",
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4IA",
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4J", // bits behind the last byte
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I=",
        "0ZcOCORZNYy+DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
      })
  @Requirement({"DP-9"})
  void refusesAnyOtherText(String value) {
    assertThatThrownBy(() -> new Thumbprint(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
