package dev.countersign.attacker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private final Matrix matrix = Matrix.of(SampleFindings.all());

  private Matrix.Cell cell(Attacker attacker, Goal goal) {
    return matrix
        .rows()
        .get(List.of(Attacker.values()).indexOf(attacker))
        .cells()
        .get(List.of(Goal.values()).indexOf(goal));
  }

  @Test
  void hasARowForEachAttackerAndACellForEachGoal() {
    assertThat(matrix.rows()).extracting(Matrix.Row::attacker).containsExactly(Attacker.values());
    for (Matrix.Row row : matrix.rows()) {
      assertThat(row.cells()).extracting(Matrix.Cell::goal).containsExactly(Goal.values());
    }
    assertThat(matrix.rows().stream().filter(Matrix.Row::isInformative))
        .extracting(Matrix.Row::attacker)
        .containsExactly(Attacker.A4);
  }

  @Test
  void showsTheWeightiestVerdictAndCountsEach() {
    Matrix.Cell cell = cell(Attacker.A1, Goal.AUTHORIZATION);
    assertThat(cell.verdict()).contains(Verdict.VULNERABLE);
    assertThat(cell.counts().entrySet().stream().map(Object::toString))
        .containsExactly("VULNERABLE=1", "SECURE=1");
  }

  @Test
  void putsARecipeIntoEveryCellOfItsAttackersAndGoals() {
    for (Attacker attacker : List.of(Attacker.A1, Attacker.A1A)) {
      for (Goal goal : List.of(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)) {
        assertThat(cell(attacker, goal).results()).contains(SampleFindings.vulnerable());
      }
    }
    assertThat(cell(Attacker.A1, Goal.AUTHENTICATION).results()).isEmpty();
    assertThat(cell(Attacker.A2, Goal.AUTHORIZATION).results()).isEmpty();
  }

  @Test
  void hasNoVerdictWhereThereIsNoRecipeAndNotRunWhereNoneRan() {
    assertThat(cell(Attacker.A4, Goal.AUTHORIZATION).verdict()).isEmpty();
    assertThat(cell(Attacker.A2, Goal.BEYOND).verdict()).contains(Verdict.NOT_RUN);
    assertThat(cell(Attacker.A2, Goal.BEYOND).counts()).containsEntry(Verdict.NOT_RUN, 3);
  }
}
