package dev.countersign.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example",
        "https://a.example:1/x?y#z",
        "https://127.0.0.1:65535",
        "http://[::1]:8080/"
      })
  void isPlainWithAHostAndAtMostAPort(String url) {
    assertThat(Authority.isPlain(URI.create(url))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example:0",
        "https://a.example:65536",
        "https://a.example:",
        "https://anna@a.example",
        "https://@a.example",
        "https://a.example:443@b.example",
        "https:///path",
        "https:a.example",
        "urn:a:b",
        "/path",
        "https://a_b.example"
      })
  void isNotPlainWithAnythingElse(String url) {
    assertThat(Authority.isPlain(URI.create(url))).isFalse();
  }
}
