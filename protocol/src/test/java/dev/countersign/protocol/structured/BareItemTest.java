package dev.countersign.protocol.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.structured.BareItem.BooleanItem;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.BareItem.DateItem;
import dev.countersign.protocol.structured.BareItem.DecimalItem;
import dev.countersign.protocol.structured.BareItem.DisplayString;
import dev.countersign.protocol.structured.BareItem.IntegerItem;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.BareItem.TokenItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each type at the edges of its grammar. The cases are those of the RFC's text and, in our words,
 * of the working group's public test suite (httpwg/structured-field-tests).
 */
class BareItemTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "00, 0",
    "-0, 0",
    "42, 42",
    "042, 42",
    "-042, -42",
    "000000000000001, 1",
    "999999999999999, 999999999999999",
    "-999999999999999, -999999999999999"
  })
  void readsIntegers(String text, long value) throws Exception {
    assertThat(read(text)).isEqualTo(new IntegerItem(value));
    assertThat(new IntegerItem(value).serialize()).isEqualTo(Long.toString(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000000",
        "-1000000000000000",
        "0000000000000001",
        "-",
        "--0",
        "- 42",
        "-a23",
        "4-2",
        "+1",
        "2,3",
        "0x1"
      })
  void refusesWhatIsNoInteger(String text) {
    assertRefused(text);
  }

  @Test
  void refusesToHoldAnIntegerOutOfRange() {
    assertThatThrownBy(() -> new IntegerItem(1_000_000_000_000_000L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IntegerItem(-1_000_000_000_000_000L))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1.23, 1.23",
    "-1.230, -1.23",
    "0.0, 0.0",
    "-0.0, 0.0",
    "00.5, 0.5",
    "1.100, 1.1",
    "1.001, 1.001",
    "100.000, 100.0",
    "123456789012.1, 123456789012.1",
    "-999999999999.999, -999999999999.999"
  })
  void readsDecimals(String text, String canonical) throws Exception {
    BareItem item = read(text);

    assertThat(item).isEqualTo(new DecimalItem(new BigDecimal(text)));
    assertThat(item.serialize()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.",
        ".1",
        "-.1",
        "1.1234",
        "1.0000",
        "1234567890123.0",
        "0000000000001.0",
        "1..4",
        "1.5.4",
        "1. 23",
        "1 .23",
        "- 1.23",
        "1.2e3"
      })
  void refusesWhatIsNoDecimal(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0015, 0.002",
    "0.0025, 0.002",
    "-0.0015, -0.002",
    "-0.0025, -0.002",
    "9.9995, 10.0",
    "1e2, 100.0",
    "0e99, 0.0"
  })
  void roundsHalfToEven(BigDecimal value, String canonical) {
    assertThat(new DecimalItem(value).serialize()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1000000000000.1", "-1000000000000.1", "999999999999.9995", "1e1000000000"})
  void refusesToHoldADecimalOutOfRange(BigDecimal value) {
    assertThatThrownBy(() -> new DecimalItem(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsStringsWithTheirEscapes() throws Exception {
    assertThat(read("\"\"")).isEqualTo(new StringItem(""));
    assertThat(read("\"foo bar\"")).isEqualTo(new StringItem("foo bar"));
    assertThat(read("\"a \\\"b\\\" \\\\ c\"")).isEqualTo(new StringItem("a \"b\" \\ c"));
    assertThat(new StringItem("a \"b\" \\ c").serialize()).isEqualTo("\"a \\\"b\\\" \\\\ c\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"foo",
        "\"foo \\\"",
        "\"foo \\",
        "\"foo \\,\"",
        "\"\\n\"",
        "'foo'",
        "\"f\u00fc\"",
        "\"a\tb\"",
        "\"a\nb\"",
        "\"\u007f\"",
        "\"\u0000\"",
        "\"a\"b"
      })
  void refusesWhatIsNoString(String text) {
    assertRefused(text);
  }

  @Test
  void everyCharacterIsInAStringOrRefused() throws Exception {
    for (char c = 0; c < 0x180; c++) {
      String text = "\"" + c + "\"";
      if (c >= 0x20 && c <= 0x7E && c != '"' && c != '\\') {
        assertThat(read(text)).isEqualTo(new StringItem(String.valueOf(c)));
      } else {
        assertRefused(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A", "*", "foo123/456", "a!#$%&'*+-.^_`|~:/9", "*a:b"})
  void readsTokens(String text) throws Exception {
    assertThat(read(text)).isEqualTo(new TokenItem(text));
    assertThat(new TokenItem(text).serialize()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!a", ":a", "/a", "_a", "#a", "a\"", "a(b", "a{b", "a@b", "a\u00fc"})
  void refusesWhatIsNoToken(String text) {
    assertRefused(text);
    assertThatThrownBy(() -> new TokenItem(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    ":aGVsbG8=:, :aGVsbG8=:, hello",
    ":aGVsbG8:, :aGVsbG8=:, hello",
    ":aGVsbGP=:, :aGVsbGM=:, hellc",
    "::, ::, ''"
  })
  void readsByteSequencesAndWritesTheirCanonicalForm(String text, String canonical, String ascii)
      throws Exception {
    BareItem item = read(text);

    assertThat(item).isEqualTo(new ByteSequence(ascii.getBytes(StandardCharsets.US_ASCII)));
    assertThat(item.serialize()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":aGVsbG8=",
        ":",
        ":aGVsb G8=:",
        ":aGVsbG!8=:",
        ":aGVsbG8=!:",
        ":_-Ah:",
        ":aGVsbG8==:",
        ":=:",
        ":a:",
        ":aGVsbG8=aGVsbG8=:",
        ":aGVs\u00e4:"
      })
  void refusesWhatIsNoByteSequence(String text) {
    assertRefused(text);
  }

  @Test
  void keepsItsBytesToItself() {
    byte[] bytes = {1, 2, 3};
    ByteSequence sequence = new ByteSequence(bytes);

    bytes[0] = 9;
    sequence.value()[1] = 9;

    assertThat(sequence.value()).containsExactly(1, 2, 3);
    assertThat(sequence).hasToString("ByteSequence[3 bytes]");
    assertThat(sequence).hasSameHashCodeAs(new ByteSequence(new byte[] {1, 2, 3}));
  }

  @Test
  void readsBooleans() throws Exception {
    assertThat(read("?1")).isEqualTo(new BooleanItem(true));
    assertThat(read("?0")).isEqualTo(new BooleanItem(false));
    assertThat(new BooleanItem(true).serialize()).isEqualTo("?1");
    assertThat(new BooleanItem(false).serialize()).isEqualTo("?0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "?T", "?F", "?true", "?2", "? 1", "?01"})
  void refusesWhatIsNoBoolean(String text) {
    assertRefused(text);
  }

  @Test
  void readsDates() throws Exception {
    assertThat(read("@1659578233")).isEqualTo(new DateItem(Instant.parse("2022-08-04T01:57:13Z")));
    assertThat(read("@-0").serialize()).isEqualTo("@0");
    assertThat(read("@-62135596800").serialize()).isEqualTo("@-62135596800");
    assertThat(read("@999999999999999").serialize()).isEqualTo("@999999999999999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@", "@1.0", "@1659578233.12", "@a", "@ 1", "@@1", "@-", "@1000000000000000"})
  void refusesWhatIsNoDate(String text) {
    assertRefused(text);
  }

  @Test
  void refusesToHoldADateThatHasNoText() {
    assertThatThrownBy(() -> new DateItem(Instant.ofEpochSecond(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DateItem(Instant.ofEpochSecond(1_000_000_000_000_000L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'%\"foo bar\"', foo bar",
    "'%\"\"', ''",
    "'%\"f%c3%bc%c3%bc\"', f\u00fc\u00fc",
    "'%\"a %22b%22 \\ c %25\"', 'a \"b\" \\ c %'",
    "'%\"%ef%bb%bf\"', \uFEFF",
    "'%\"%f0%9f%98%80\"', \uD83D\uDE00",
    "'%\"%00%0a%7f\"', '\u0000\n\u007f'"
  })
  void readsDisplayStrings(String text, String value) throws Exception {
    assertThat(read(text)).isEqualTo(new DisplayString(value));
    assertThat(new DisplayString(value).serialize()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%\"%C3%BC\"",
        "%\"\t\"",
        "%\"\n\"",
        "%\"\u00fc\"",
        "%'foo'",
        "%foo",
        "%",
        "%\"foo",
        "%\"foo %a",
        "%\"foo %",
        "%\"%g0\"",
        "%\"%c3%28\"",
        "%\"%a0%a1\"",
        "%\"%e2%28%a1\"",
        "%\"%f0%28%8c%28\"",
        "%\"%ed%a0%80\"",
        "%\"%c0%80\"",
        "%\"%c3\""
      })
  void refusesWhatIsNoDisplayString(String text) {
    assertRefused(text);
  }

  @Test
  void refusesToHoldWhatIsNotUnicodeOrNotAscii() {
    assertThatThrownBy(() -> new DisplayString("\uD83D"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StringItem("\u00fc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StringItem("\n")).isInstanceOf(IllegalArgumentException.class);
  }

  private static BareItem read(String text) throws MalformedFieldException {
    Item item = Item.parse(List.of(text));
    assertThat(item.parameters()).isEqualTo(Parameters.NONE);
    return item.value();
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Item.parse(List.of(text))).isInstanceOf(MalformedFieldException.class);
  }
}
