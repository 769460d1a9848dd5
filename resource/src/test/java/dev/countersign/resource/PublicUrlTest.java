package dev.countersign.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {
  @Test
  void joinsPathsWithoutDoublingTheSlash() throws Exception {
    assertThat(PublicUrl.of("https://api.example.com/v1/").at("/a"))
        .hasToString("https://api.example.com/v1/a");
    assertThat(PublicUrl.of("https://api.example.com").at("/a"))
        .hasToString("https://api.example.com/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example.com",
        "https://user@api.example.com",
        "https://api.example.com?a=b",
        "https://api.example.com#a",
        "api.example.com"
      })
  @Requirement("SP-5.2.1-1")
  void refusesAnythingButAPlainHttpsUrl(String url) {
    assertThatThrownBy(() -> PublicUrl.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://api.example.com/v1");
  }
}
