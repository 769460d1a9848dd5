package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.RequirementId;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {

  @ParameterizedTest
  @EnumSource
  void hasAStepForEveryKindOfMessage(MessageKind kind) {
    assertThat(Arrays.stream(Step.values()).filter(step -> step.kinds().contains(kind))).hasSize(1);
    assertThat(Step.of(kind).why(Signing.AS_EVER)).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsSignedWhereEveryMessageIs(Step step) {
    assertThat(step.why(Signing.EVERY_MESSAGE)).startsWith(step.why(Signing.AS_EVER)).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource(names = {"PUSH", "CONSENT", "CALLBACK", "ACCOUNTS", "PAYMENT"})
  void tellsOfSignedMessages(Step step) {
    assertThat(step.why(Signing.EVERY_MESSAGE)).contains("signed");
    assertThat(step.why(Signing.AS_EVER)).doesNotContain("signed");
  }

  @ParameterizedTest
  @EnumSource
  void namesRulesOfTheCatalogueOnly(Break how) {
    assertThat(Arrays.stream(Step.values()).flatMap(step -> rules(how, step)))
        .isNotEmpty()
        .allSatisfy(
            rule -> assertThat(Catalogue.load().find(RequirementId.of(rule))).as(rule).isPresent());
  }

  private static Stream<String> rules(Break how, Step step) {
    return how.rules(step).stream();
  }
}
