package dev.countersign.protocol.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What section 3 of RFC 9651 asks of every parser is read, and one more is not. */
class FieldBoundsTest {

  @Test
  void readsAListOf1024Members() throws Exception {
    assertThat(ListField.parse(List.of(numbered("", 1024, ", "))).members()).hasSize(1024);
    assertRefused(() -> ListField.parse(List.of(numbered("", 1025, ", "))));
  }

  @Test
  void readsADictionaryOf1024Members() throws Exception {
    assertThat(DictionaryField.parse(List.of(numbered("", 1024, ", "))).members()).hasSize(1024);
    assertRefused(() -> DictionaryField.parse(List.of(numbered("", 1025, ", "))));
    // Members that come again count as well: they cost the same.
    assertRefused(() -> DictionaryField.parse(Collections.nCopies(1025, "a")));
  }

  @Test
  void readsAnInnerListOf256Items() throws Exception {
    ListField list = ListField.parse(List.of("(" + numbered("", 256, " ") + ")"));

    assertThat(((InnerList) list.members().getFirst()).items()).hasSize(256);
    assertRefused(() -> ListField.parse(List.of("(" + numbered("", 257, " ") + ")")));
  }

  @Test
  void reads256Parameters() throws Exception {
    assertThat(Item.parse(List.of("a" + numbered(";", 256, ""))).parameters().values())
        .hasSize(256);
    assertRefused(() -> Item.parse(List.of("a" + numbered(";", 257, ""))));
  }

  @Test
  void readsLongKeysStringsTokensAndBytes() throws Exception {
    String key = "k".repeat(64);
    assertThat(DictionaryField.parse(List.of(key + "=1")).members()).containsOnlyKeys(key);
    for (String item :
        List.of(
            "\"" + "=".repeat(1024) + "\"",
            "\"" + "\\\"".repeat(1024) + "\"",
            "t".repeat(512),
            ":" + "A".repeat(21_844) + ":")) {
      assertThat(Item.parse(List.of(item)).serialize()).isEqualTo(item);
    }
  }

  @Test
  void readsNoMoreThan64KibOfAllLines() throws Exception {
    String half = "a".repeat(32 * 1024 - 1);

    assertThat(ListField.parse(List.of(half, half)).members()).hasSize(2);
    assertRefused(() -> ListField.parse(List.of(half, half + "a")));
    assertRefused(() -> ListField.parse(Collections.nCopies(100_000, "")));
  }

  private static String numbered(String before, int count, String between) {
    return IntStream.range(0, count)
        .mapToObj(i -> before + "a" + i)
        .collect(Collectors.joining(between));
  }

  private static void assertRefused(Reading reading) {
    assertThatThrownBy(reading::read).isInstanceOf(MalformedFieldException.class);
  }

  private interface Reading {
    Object read() throws MalformedFieldException;
  }
}
