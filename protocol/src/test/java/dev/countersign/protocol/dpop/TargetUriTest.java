package dev.countersign.protocol.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"DP-4"})
class TargetUriTest {

  @ParameterizedTest
  @CsvSource({
    "https://rs.example/a, https://rs.example/a",
    "https://rs.example/a?q=1, https://rs.example/a",
    "https://rs.example/a#f, https://rs.example/a",
    "https://rs.example/a?q=/../#f?, https://rs.example/a",
    "HTTPS://RS.Example/a, https://rs.example/a",
    "https://rs.example:443/a, https://rs.example/a",
    "https://rs.example:/a, https://rs.example/a",
    "http://127.0.0.1:80/a, http://127.0.0.1/a",
    "https://rs.example:8443/a, https://rs.example:8443/a",
    "https://[::1]:8443/A, https://[::1]:8443/A",
    "https://[2001:DB8::1]/a, https://[2001:db8::1]/a",
    "https://rs.example, https://rs.example/",
    "https://rs.example?q, https://rs.example/",
    "https://rs.example/%7Ea%2d%41, https://rs.example/~a-A",
    "https://rs.example/a%2fb, https://rs.example/a%2Fb",
    "https://rs.example/%c3%a9, https://rs.example/%C3%A9",
    "https://rs.example/a/./b/../c, https://rs.example/a/c",
    "https://rs.example/../../a, https://rs.example/a",
    "https://rs.example/a/.., https://rs.example/",
    "https://rs.example/a/b/., https://rs.example/a/b/",
    "https://rs.example/a/%2e%2E/b, https://rs.example/b",
    "https://rs.example/a//b, https://rs.example/a//b",
    "https://rs.example/a/, https://rs.example/a/",
    "https://rs.%65xample/a, https://rs.example/a"
  })
  void bringsEqualTargetsIntoOneForm(String url, String normal) {
    assertThat(TargetUri.parse(url)).contains(new TargetUri(normal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "rs.example/a",
        "ftp://rs.example/a",
        "https:///a",
        "https://user@rs.example/a",
        "https://user:secret@rs.example/a",
        "https://rs.example:99999999/a",
        "https://rs.example:x/a",
        "https://rs.example/a b",
        "https://rs.example/a\\b",
        "https://rs.example/é",
        "https://rs.example/%zz",
        "https://rs.example/%2",
        "https://rs.example\\@evil.example/a",
        "https://rs.example/a\n",
        " https://rs.example/a"
      })
  void refusesWhatIsNoTarget(String url) {
    assertThat(TargetUri.parse(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "%41", "%2F", "/", "/..", ".", ":", "%", "?", "[", "@"})
  void answersQuicklyToLongText(String piece) {
    String many = piece.repeat(8000 / piece.length());
    for (String url : List.of("https://" + many, "https://rs.example/" + many, many)) {
      assertTimeoutPreemptively(Duration.ofSeconds(2), () -> TargetUri.parse(url));
    }
    assertThat(TargetUri.parse("https://rs.example/" + "a".repeat(8192))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://rs.example/a, https://rs.example/a/",
    "https://rs.example/a, https://rs.example/A",
    "https://rs.example/a/b, https://rs.example/a%2Fb",
    "https://rs.example/a//b, https://rs.example/a/b",
    "https://rs.example/a, http://rs.example/a",
    "https://rs.example/a, https://rs.example:80/a",
    "https://rs.example/a, https://rs.example.evil/a"
  })
  void keepsDifferentTargetsApart(String one, String other) {
    assertThat(TargetUri.parse(one)).isNotEmpty().isNotEqualTo(TargetUri.parse(other));
  }
}
