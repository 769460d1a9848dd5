package dev.countersign.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Signing;
import dev.countersign.requirement.Catalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObservationsTest {
  private final Catalogue catalogue = Catalogue.load();

  @ParameterizedTest
  @EnumSource(MessageKind.class)
  void nameRequirementsThatExistEachOnce(MessageKind kind) {
    for (Signing signing : Signing.values()) {
      nameRequirementsThatExistEachOnce(Observations.of(signing).in(kind));
    }
  }

  private void nameRequirementsThatExistEachOnce(List<Observation> observations) {
    Set<Object> ids = new HashSet<>();
    for (Observation observation : observations) {
      assertThat(catalogue.find(observation.id())).as(observation.id().value()).isPresent();
      assertThat(ids.add(observation.id())).as("%s once", observation.id()).isTrue();
      assertThat(observation.what()).hasSizeBetween(5, 80);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PAYMENT_DECLINED", "APP_PAGE", "APP_FORM", "STYLE", "REFUSED", "OTHER"})
  void expectSomethingOfEveryMessage(MessageKind kind) {
    assertThat(Observations.standard().in(kind)).isNotEmpty();
  }
}
