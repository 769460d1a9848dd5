package dev.countersign.it.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequirementsPageTest {

  @Test
  void namesTheClassesThatEnforceAndShow() {
    String page =
        page(
            List.of("SP-1\tProfile\tAS\tMUST (if DPoP)\trule\tBind it.\titem 1"),
            List.of(),
            files("SP-1", "server/src/main/java/par/DpopKey.java"),
            files("SP-1", "server/src/test/java/par/PushTest.java", "x/src/test/java/ATest.java"));

    assertThat(page)
        .contains("| Profile | 1 | 1 | 1 | 0 |\n")
        .contains("| SP-1 | MUST (if DPoP) | AS | Bind it. | DpopKey | ATest, PushTest |  |\n");
  }

  @Test
  void saysWhatARequirementWaitsFor() {
    String page =
        page(
            List.of("SP-1\tProfile\tAS, client\tMUST\trule\tBind it.\titem 1"),
            List.of("SP-1\tmutual TLS"),
            new TreeMap<>(),
            new TreeMap<>());

    assertThat(page)
        .contains("| Profile | 1 | 1 | 0 | 1 |\n")
        .contains("| SP-1 | MUST | AS, client | Bind it. |  |  | mutual TLS |\n");
  }

  @Test
  void namesThePackageOfAnAnnotatedPackage() {
    String page =
        page(
            List.of("SP-1\tProfile\t\tNOTE\tnote\tText.\titem 1"),
            List.of(),
            files("SP-1", "server/src/main/java/par/package-info.java"),
            new TreeMap<>());

    assertThat(page).contains("| Text. | package par |");
  }

  @Test
  void showsTextAsItIs() {
    String page =
        page(
            List.of("SP-1\tProfile\t\tNOTE\tnote\ta_b _c HS* x|y <= [z] &amp;\titem 1"),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>());

    assertThat(page).contains("| a_b \\_c HS\\* x\\|y &lt;= \\[z\\] &amp;amp; |");
  }

  @Test
  void hasATableForEachDocument() {
    String page =
        page(
            List.of(
                "SP-1\tProfile\t\tNOTE\tnote\tText.\titem 1",
                "MS-1\tSigning\t\tNOTE\tnote\tText.\t1"),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>());

    assertThat(page)
        .containsSubsequence("\n## Profile\n", "| SP-1 |", "\n## Signing\n", "| MS-1 |");
  }

  private static String page(
      List<String> rows,
      List<String> planned,
      SortedMap<String, SortedSet<Path>> enforcing,
      SortedMap<String, SortedSet<Path>> showing) {
    Catalogue catalogue =
        Catalogue.parse(
            below("id\tdocument\troles\tlevel\tkind\ttext\tsource", rows),
            below("id\twaits for", planned));
    return new RequirementsPage(
            catalogue, new Traces(enforcing, showing, TraceIndex.EMPTY), "update")
        .text();
  }

  private static List<String> below(String header, List<String> rows) {
    return Stream.concat(Stream.of(header), rows.stream()).toList();
  }

  private static SortedMap<String, SortedSet<Path>> files(String id, String... files) {
    SortedSet<Path> paths = new TreeSet<>();
    for (String file : files) {
      paths.add(Path.of(file));
    }
    return new TreeMap<>(Map.of(id, paths));
  }
}
