package dev.countersign.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  private static final String HEADER = "id\tdocument\troles\tlevel\tkind\ttext\tsource";
  private static final String ROW =
      "SP-5.3.2.1-12\tSecurity Profile\tAS, client\tMUST (if DPoP)\trule\tBind it.\titem 12";
  private static final String PLANNED_HEADER = "id\twaits for";

  @Test
  void loadsTheShippedResource() {
    CatalogueEntry codeLifetime =
        Catalogue.load().find(RequirementId.of("SP-5.3.2.1-11")).orElseThrow();

    assertThat(codeLifetime.document()).isEqualTo("FAPI 2.0 Security Profile");
    assertThat(codeLifetime.roles()).containsExactly(Role.AS);
    assertThat(codeLifetime.level()).hasToString("MUST");
    assertThat(codeLifetime.kind()).isEqualTo(Kind.RULE);
    assertThat(codeLifetime.text()).startsWith("Authorization code lifetime <= 60 seconds.");
    assertThat(codeLifetime.source()).startsWith("5.3.2.1 item 11.");
  }

  @Test
  void hasEveryDocument() {
    assertThat(Catalogue.load().entries().stream().map(CatalogueEntry::document).distinct())
        .contains(
            "FAPI 2.0 Security Profile",
            "FAPI 2.0 Message Signing",
            "FAPI 2.0 HTTP Signatures (draft)",
            "FAPI 2.0 Implementation Advice (draft)",
            "DPoP (RFC 9449)",
            "Grant management (draft)",
            "FAPI 2.0 Attacker Model",
            "Attack catalogue");
  }

  @Test
  void keepsADocumentTogether() {
    List<String> documents =
        Catalogue.load().entries().stream().map(CatalogueEntry::document).toList();
    List<String> runs =
        IntStream.range(0, documents.size())
            .filter(i -> i == 0 || !documents.get(i).equals(documents.get(i - 1)))
            .mapToObj(documents::get)
            .toList();

    assertThat(runs).doesNotHaveDuplicates();
  }

  @Test
  void readsEveryColumn() {
    Catalogue catalogue = Catalogue.parse(List.of(HEADER, ROW), List.of(PLANNED_HEADER));

    assertThat(catalogue.entries())
        .containsExactly(
            new CatalogueEntry(
                RequirementId.of("SP-5.3.2.1-12"),
                "Security Profile",
                List.of(Role.AS, Role.CLIENT),
                new Level(Keyword.MUST, Optional.of("if DPoP")),
                Kind.RULE,
                "Bind it.",
                "item 12",
                Optional.empty()));
  }

  @Test
  void saysWhatAPlannedRequirementWaitsFor() {
    Catalogue catalogue =
        Catalogue.parse(List.of(HEADER, ROW), List.of(PLANNED_HEADER, "SP-5.3.2.1-12\tmutual TLS"));

    assertThat(catalogue.find(RequirementId.of("SP-5.3.2.1-12")).orElseThrow().planned())
        .contains("mutual TLS");
  }

  @Test
  void findsNothingUnderAnUnknownId() {
    assertThat(Catalogue.load().find(RequirementId.of("SP-0"))).isEmpty();
  }

  @Test
  void refusesAnotherHeader() {
    refuses(List.of("id\ttext", ROW), "requirements.tsv, line 1: expected the columns id, ");
    refuses(List.of(), "requirements.tsv, line 1: expected the columns id, ");
  }

  @Test
  void refusesAMissingCell() {
    refuses(
        List.of(HEADER, ROW.substring(0, ROW.lastIndexOf('\t'))),
        "requirements.tsv, line 2: 6 cells instead of 7");
  }

  @Test
  void refusesAnEmptyLine() {
    refuses(List.of(HEADER, ROW, ""), "requirements.tsv, line 3: 1 cells instead of 7");
  }

  @Test
  void refusesAnIdOfAnotherForm() {
    refuses(List.of(HEADER, ROW.replace("SP-", "SP ")), "requirements.tsv, line 2: requirement id");
  }

  @Test
  void refusesAnIdThatStandsTwice() {
    refuses(
        List.of(HEADER, ROW, ROW), "requirements.tsv, line 3: the id SP-5.3.2.1-12 stands twice");
  }

  @Test
  void refusesAnUnknownRole() {
    refuses(List.of(HEADER, ROW.replace("AS,", "OP,")), "line 2: role \"OP\" is none of AS, RS");
  }

  @Test
  void refusesAnUnknownLevel() {
    refuses(List.of(HEADER, ROW.replace("MUST", "SHALL")), "line 2: level \"SHALL\" is none of");
  }

  @Test
  void refusesAnUnknownKind() {
    refuses(List.of(HEADER, ROW.replace("rule", "idea")), "line 2: kind \"idea\" is none of rule");
  }

  @Test
  void refusesAnEmptyText() {
    refuses(List.of(HEADER, ROW.replace("Bind it.", " ")), "line 2: text is empty");
  }

  @Test
  void refusesAPlannedIdThatIsNoRequirement() {
    refusesPlanned("SP-0\tmutual TLS", "planned.tsv: no requirement has the id SP-0");
  }

  @Test
  void refusesAPlannedIdWithoutAReason() {
    refusesPlanned("SP-5.3.2.1-12\t", "planned is empty");
    refusesPlanned("SP-5.3.2.1-12", "planned.tsv, line 2: 1 cells instead of 2");
  }

  @Test
  void refusesAPlannedIdThatStandsTwice() {
    assertThatThrownBy(
            () ->
                Catalogue.parse(
                    List.of(HEADER, ROW),
                    List.of(PLANNED_HEADER, "SP-5.3.2.1-12\ta", "SP-5.3.2.1-12\tb")))
        .hasMessage("planned.tsv, line 3: the id SP-5.3.2.1-12 stands twice");
  }

  private static void refuses(List<String> requirements, String message) {
    assertThatThrownBy(() -> Catalogue.parse(requirements, List.of(PLANNED_HEADER)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static void refusesPlanned(String line, String message) {
    assertThatThrownBy(() -> Catalogue.parse(List.of(HEADER, ROW), List.of(PLANNED_HEADER, line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
