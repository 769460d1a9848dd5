package dev.countersign.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

  @Test
  @Requirement({"DP-1"})
  void findsEveryFieldInAnyCaseOfItsName() {
    Headers headers =
        Headers.of(
            List.of(Map.entry("DPoP", "a"), Map.entry("Accept", "*/*"), Map.entry("dpop", "b")));

    assertThat(headers.all("DPOP")).containsExactly("a", "b");
    assertThat(headers.first("dPoP")).contains("a");
    assertThat(headers.first("authorization")).isEmpty();
    assertThat(headers.names()).containsExactlyInAnyOrder("dpop", "accept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\nb", "a\rb", "a\u0000"})
  void refusesAValueThatCouldSplitAMessage(String value) {
    assertThatThrownBy(() -> Headers.of(List.of(Map.entry("x", value))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "ä", "a\n"})
  void refusesANameThatIsNoToken(String name) {
    assertThatThrownBy(() -> Headers.of(List.of(Map.entry(name, "v"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNamesOnly() {
    assertThat(Headers.of(List.of(Map.entry("Authorization", "DPoP s3cret"))))
        .hasToString("Headers[authorization]");
  }
}
