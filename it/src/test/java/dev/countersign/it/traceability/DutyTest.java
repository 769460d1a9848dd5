package dev.countersign.it.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutyTest {

  private static final RequirementId ID = RequirementId.of("SP-1");

  @ParameterizedTest
  @CsvSource({
    "AS, MUST, rule, CODE_AND_TEST",
    "client, MUST NOT (if DPoP), rule, CODE_AND_TEST",
    "'', MUST, rule, CODE_AND_TEST",
    "'API designer, RS', MUST, rule, CODE_AND_TEST",
    "API designer, MUST, rule, NOTHING",
    "ecosystem, MUST, rule, NOTHING",
    "AS, SHOULD, rule, NOTHING",
    "AS, FACT, fact, NOTHING",
    "AS, NOTE, note, NOTHING",
    "'', MUST, vector, TEST",
    "'', MUST, attack, TEST"
  })
  void dependsOnRoleLevelAndKind(String roles, String level, String kind, Duty duty) {
    assertThat(Duty.of(entry(roles, level, kind))).isEqualTo(duty);
  }

  @Test
  void aRuleIsMetByCodeAndTestTogether() {
    assertThat(Duty.CODE_AND_TEST.missing(ID, traces(true, true))).isEmpty();
    assertThat(Duty.CODE_AND_TEST.missing(ID, traces(true, false)))
        .containsExactly("@Requirement on a test");
    assertThat(Duty.CODE_AND_TEST.missing(ID, traces(false, true)))
        .containsExactly("@Enforces in main code");
  }

  @Test
  void aVectorIsMetByATest() {
    assertThat(Duty.TEST.missing(ID, traces(false, true))).isEmpty();
    assertThat(Duty.TEST.missing(ID, traces(true, false)))
        .containsExactly("@Requirement on a test");
  }

  @Test
  void aNoteIsMetByNothing() {
    assertThat(Duty.NOTHING.missing(ID, traces(false, false))).isEmpty();
  }

  private static CatalogueEntry entry(String roles, String level, String kind) {
    return Catalogue.parse(
            List.of(
                "id\tdocument\troles\tlevel\tkind\ttext\tsource",
                String.join("\t", "SP-1", "Document", roles, level, kind, "Text.", "1")),
            List.of("id\twaits for"))
        .entries()
        .getFirst();
  }

  private static Traces traces(boolean enforced, boolean shown) {
    return new Traces(named(enforced), named(shown), TraceIndex.EMPTY);
  }

  private static SortedMap<String, SortedSet<Path>> named(boolean present) {
    SortedMap<String, SortedSet<Path>> files = new TreeMap<>();
    if (present) {
      files.put(ID.value(), new TreeSet<>(List.of(Path.of("Some.java"))));
    }
    return files;
  }
}
