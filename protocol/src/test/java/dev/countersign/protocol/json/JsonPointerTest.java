package dev.countersign.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerTest {
  /** The example of RFC 6901 section 5. */
  private static final String RFC =
      """
      {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "/foo;[bar, baz]",
        "/foo/0;bar",
        "/foo/1;baz",
        "/;0",
        "/a~1b;1",
        "/c%d;2",
        "/e^f;3",
        "/g|h;4",
        "/i\\j;5",
        "/k\"l;6",
        "/ ;7",
        "/m~0n;8"
      })
  void findsWhatTheRfcFinds(String pointer, String value) throws MalformedJsonException {
    assertThat(JsonPointer.parse(pointer).find(JsonObject.parse(RFC)).orElseThrow())
        .hasToString(value);
    assertThat(JsonPointer.parse(pointer)).hasToString(pointer);
  }

  @Test
  void findsTheWholeObject() throws MalformedJsonException {
    JsonObject object = JsonObject.parse(RFC);
    assertThat(JsonPointer.parse("").find(object)).contains(object);
    assertThat(JsonPointer.WHOLE).hasToString("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/x", "/foo/0/x", "/foo/-1"})
  void findsNothingWhereNothingIs(String pointer) throws MalformedJsonException {
    assertThat(JsonPointer.parse(pointer).find(JsonObject.parse(RFC))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "#/foo", "/foo~", "/~2", "/a~~0"})
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonPointer.parse(text));
  }

  @Test
  void coversItselfAndWhatIsWithin() {
    JsonPointer accounts = JsonPointer.parse("/accounts");
    assertThat(accounts.covers(accounts)).isTrue();
    assertThat(accounts.covers(accounts.child("0").child("iban"))).isTrue();
    assertThat(accounts.covers(JsonPointer.parse("/accountsX"))).isFalse();
    assertThat(accounts.child("0").covers(accounts)).isFalse();
    assertThat(JsonPointer.WHOLE.covers(accounts)).isTrue();
  }
}
