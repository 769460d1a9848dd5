package dev.countersign.it.mutation;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutants keep step with the code, which takes no mutant to be run. */
class SeededMutantsHoldTest {
  private final RulePlaces places = RulePlaces.read();

  /** What module {@code protocol} enforces and shows itself is PIT's. */
  @Test
  void everyMandatoryRuleHasSomethingThatBreaksIt() {
    Set<String> seeded =
        SeededMutants.all().stream()
            .flatMap(mutant -> mutant.rules().stream())
            .collect(Collectors.toSet());
    Set<String> unbroken =
        Catalogue.load().entries().stream()
            .filter(entry -> entry.kind() == Kind.RULE && entry.level().isMandatory())
            .filter(entry -> entry.planned().isEmpty())
            .map(entry -> entry.id().value())
            .filter(places::isEnforced)
            .collect(toCollection(TreeSet::new));
    unbroken.removeAll(places.shownWhereEnforced(ProtocolMutationTest.MODULE));
    unbroken.removeAll(seeded);
    unbroken.removeAll(SeededMutants.UNBREAKABLE.keySet());
    assertThat(unbroken)
        .as("mandatory rules without a mutant; CONTRIBUTING.md says how to seed one")
        .isEmpty();
    assertThat(SeededMutants.UNBREAKABLE.keySet()).doesNotContainAnyElementsOf(seeded);
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.SeededMutants#all")
  void theTextToBreakStandsOnceInItsClass(SeededMutant mutant) throws IOException {
    String source = Files.readString(Module.source(mutant.module(), mutant.className()));
    assertThat(mutant.places(source)).as(mutant.right()).isOne();
    assertThat(mutant.wrong()).isNotEqualTo(mutant.right());
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.SeededMutants#all")
  void theRulesAreKnownAndEachHasATestThatMayNotice(SeededMutant mutant) {
    Set<String> known =
        Catalogue.load().entries().stream()
            .map(entry -> entry.id().value())
            .collect(Collectors.toSet());
    assertThat(known).containsAll(mutant.rules());
    assertThat(mutant.rules())
        .allSatisfy(rule -> assertThat(places.showing(rule, mutant.tests())).as(rule).isNotEmpty());
  }
}
