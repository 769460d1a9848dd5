package dev.countersign.it.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedListTest {

  @TempDir Path folder;

  private PlannedList planned;

  @BeforeEach
  void write() throws IOException {
    planned = new PlannedList(folder.resolve("planned.tsv"), folder.resolve("planned.max"));
    Files.writeString(planned.list(), "id\twaits for\nSP-1\tthis\nSP-2\tthat\n");
    Files.writeString(planned.limit(), "2\n");
  }

  @Test
  void countsTheLinesBelowTheHeader() throws IOException {
    assertThat(planned.size()).isEqualTo(2);
  }

  @Test
  void losesWhatIsNotOpenAndLowersTheFigure() throws IOException {
    planned.shrink(id -> id.value().equals("SP-2"));

    assertThat(planned.list()).hasContent("id\twaits for\nSP-2\tthat\n");
    assertThat(planned.max()).isEqualTo(1);
  }

  @Test
  void losesALineThatAMergeDoubled() throws IOException {
    Files.writeString(planned.list(), "id\twaits for\nSP-1\tthis\nSP-1\tthis\n");

    planned.shrink(id -> true);

    assertThat(planned.size()).isEqualTo(1);
  }

  @Test
  void neverRaisesTheFigure() throws IOException {
    Files.writeString(planned.limit(), "1\n");

    planned.shrink(id -> true);

    assertThat(planned.size()).isEqualTo(2);
    assertThat(planned.max()).isEqualTo(1);
  }

  @Test
  void takesTheLowestFigureAfterAMerge() throws IOException {
    Files.writeString(planned.limit(), "7\n5\n6\n");

    assertThat(planned.max()).isEqualTo(5);
  }

  @Test
  void refusesALimitWithoutAFigure() throws IOException {
    Files.writeString(planned.limit(), "\n");

    assertThatThrownBy(planned::max).isInstanceOf(IllegalStateException.class);
  }
}
