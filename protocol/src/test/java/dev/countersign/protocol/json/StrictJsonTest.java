package dev.countersign.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"SP-5.4.1-1.1"})
class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"a\":null,\"a\":null}",
        "{\"o\":{\"a\":1,\"a\":1}}",
        "{\"l\":[{\"a\":1,\"a\":1}]}",
      })
  void refusesAMemberNamedTwice(String text) {
    assertRefused(text, "JSON names a member twice");
  }

  @Test
  void letsTheSameNameStandInTwoObjects() throws MalformedJsonException {
    assertThat(JsonObject.parse("{\"a\":{\"a\":1},\"b\":{\"a\":1}}").names())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource({
    "c0a2", // overlong quote
    "c1bf", // overlong
    "e08080", // overlong
    "f0808080", // overlong
    "eda080", // a surrogate in three bytes
    "edb080",
    "f4908080", // beyond Unicode
    "ff",
    "80",
    "c3", // cut off by the closing quote
  })
  void refusesBytesThatAreNotUtf8(String hex) {
    byte[] inside = HexFormat.of().parseHex(hex);
    byte[] head = "{\"a\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\"}".getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + inside.length + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(inside, 0, all, head.length, inside.length);
    System.arraycopy(tail, 0, all, head.length + inside.length, tail.length);

    assertThatThrownBy(() -> JsonObject.parse(all))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("JSON is not UTF-8");
  }

  @Test
  void refusesOtherEncodings() {
    assertThatThrownBy(() -> JsonObject.parse("{}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonObject.parse("{}".getBytes(StandardCharsets.UTF_16)))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefused("\uFEFF{}", "JSON begins with a byte order mark");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"a\":\"\\ud800x\"}",
        "{\"a\":[\"\\uDBFF\"]}",
      })
  void refusesALoneSurrogate(String text) {
    assertRefused(text, "JSON has a lone surrogate");
  }

  @Test
  void refusesALoneSurrogateInAName() {
    assertThatThrownBy(() -> parse("{\"\\ud800\":1}")).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void readsASurrogatePair() throws MalformedJsonException {
    assertThat(JsonObject.parse("{\"a\":\"\\ud83d\\ude00\",\"b\":\"😀\"}").string("a"))
        .contains("😀");
  }

  @Test
  void refusesALoneSurrogateInText() {
    assertThatThrownBy(() -> JsonObject.parse("{\"a\":\"\ud800\"}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("JSON has a lone surrogate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}x", "{},", "{}\u0000", "{}]", "{}//c"})
  void refusesWhatFollowsTheObject(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"a\"", "1", "null", "true", "", " ", "\u00a0{}"})
  void refusesWhatIsNoObject(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedJsonException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'b'}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":0x10}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":tru}",
        "{/* c */\"a\":1}",
        "{\"a\":1 // c\n}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[1}",
        "{\"a\":1;}",
        "{\"a\" 1}",
      })
  void refusesWhatIsNotJson(String text) {
    assertRefused(text, "JSON is not well-formed");
  }

  @Test
  void refusesNumbersThatCostTooMuch() throws MalformedJsonException {
    assertThat(parse("{\"a\":1e400,\"b\":" + "1".repeat(40) + "}").names()).hasSize(2);
    assertRefused("{\"a\":1e401}", "JSON has a number out of range");
    assertRefused("{\"a\":1e-401}", "JSON has a number out of range");
    assertThatThrownBy(() -> parse("{\"a\":1e999999999999}"))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> parse("{\"a\":" + "1".repeat(41) + "}"))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void refusesMoreThan16Levels() throws MalformedJsonException {
    assertThat(parse(nested(15)).has("a")).isTrue();
    assertRefused(nested(16), "JSON is nested deeper than 16");
    assertRefused("{\"a\":".repeat(17) + "1" + "}".repeat(17), "JSON is nested deeper than 16");
    assertThatThrownBy(() -> parse(nested(30_000))).isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void takesOtherLimitsIfAsked() throws MalformedJsonException {
    byte[] text = nested(2).getBytes(StandardCharsets.UTF_8);

    assertThat(JsonObject.parse(text, new JsonLimits(text.length, 3)).has("a")).isTrue();
    assertThatThrownBy(() -> JsonObject.parse(text, new JsonLimits(text.length, 2)))
        .hasMessage("JSON is nested deeper than 2");
    assertThatThrownBy(() -> JsonObject.parse(text, new JsonLimits(text.length - 1, 3)))
        .hasMessage("JSON is longer than " + (text.length - 1) + " bytes");
  }

  @Test
  void refusesMoreThan64KiB() throws MalformedJsonException {
    String longest = "{\"a\":\"" + "x".repeat(65_536 - 8) + "\"}";

    assertThat(parse(longest).has("a")).isTrue();
    assertRefused(longest + " ", "JSON is longer than 65536 bytes");
    assertThatThrownBy(() -> JsonObject.parse("{\"a\":\"" + "€".repeat(22_000) + "\"}"))
        .hasMessage("JSON is longer than 65536 bytes");
  }

  @Test
  void readsAThousandNamesOfOneHashCode() throws MalformedJsonException {
    String members =
        IntStream.range(0, 1024)
            .mapToObj(
                i ->
                    IntStream.range(0, 10)
                        .mapToObj(bit -> (i >> bit & 1) == 1 ? "bB" : "c#")
                        .collect(Collectors.joining("", "\"", "\":1")))
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(parse(members).names()).hasSize(1024);
  }

  private static String nested(int arrays) {
    return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }

  private static JsonObject parse(String text) throws MalformedJsonException {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage(reason);
  }
}
