package dev.countersign.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void fillsALineToItsLastColumn() {
    assertThat(Columns.wrap("1234 6789 1", 9)).containsExactly("1234 6789", "1");
  }

  @Test
  void keepsAUnitTogetherAndItsCommaWithIt() {
    assertThat(Columns.list(List.of("a=1", "b=\"2 3\"", "c=4"), 10))
        .containsExactly("a=1,", "b=\"2 3\",", "c=4");
  }

  @Test
  void breaksALongUnitBetweenItsWords() {
    assertThat(Columns.list(List.of("says=\"one two three\""), 12))
        .containsExactly("says=\"one", "two three\"");
  }

  @Test
  void putsALongValueOnALineOfItsOwn() {
    assertThat(Columns.list(List.of("endpoint=https://a.example"), 18))
        .containsExactly("endpoint=", "https://a.example");
  }

  @Test
  void cutsAWordThatIsLongerThanALine() {
    assertThat(Columns.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void hasNoLinesForNothing() {
    assertThat(Columns.list(List.of(), 10)).isEmpty();
    assertThat(Columns.wrap("", 10)).isEmpty();
  }
}
