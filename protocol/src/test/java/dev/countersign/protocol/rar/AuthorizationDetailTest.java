package dev.countersign.protocol.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationDetailTest {
  private static final AuthorizationDetail ENERGY =
      TypeSamples.detail(
          """
          {'type': 'energy', 'from': '2026-02-01', 'rate': 4.50, 'cap': '120.00', 'often': 3,
           'site': {'city': 'Bonn', 'a/b': 'slash'}, 'words': ['low', 'high'],
           'meters': [{'id': 'm1', 'note': 'cellar'}, {'id': 'm2'}], 'odd': ['low', 7]}
          """);

  @Test
  @Requirement("RAR-2-1")
  void isMadeOfATypeAndItsMembers() {
    AuthorizationDetail made =
        AuthorizationDetail.of("energy", JsonObject.builder().put("rate", 4).build());

    assertThat(made).isEqualTo(TypeSamples.detail("{'type': 'energy', 'rate': 4}"));
    assertThat(made.type()).isEqualTo("energy");
  }

  @Test
  @Requirement("RAR-2-1")
  void aTypeThatCannotBeOneIsAMistakeOfTheCaller() {
    JsonObject none = JsonObject.builder().build();
    JsonObject typed = JsonObject.builder().put("type", "energy").build();

    assertThat(AuthorizationDetail.of("t".repeat(255), none).type()).hasSize(255);
    assertThatIllegalArgumentException().isThrownBy(() -> AuthorizationDetail.of("", none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuthorizationDetail.of("t".repeat(256), none));
    assertThatIllegalArgumentException().isThrownBy(() -> AuthorizationDetail.of("energy", typed));
  }

  @Test
  void isReadByPointers() throws Exception {
    assertThat(ENERGY.text("/site/city")).contains("Bonn");
    assertThat(ENERGY.text("/site/a~1b")).contains("slash");
    assertThat(ENERGY.text("/meters/1/id")).contains("m2");
    assertThat(ENERGY.number("/rate")).contains(new BigDecimal("4.50"));
    assertThat(ENERGY.number("/cap")).contains(new BigDecimal("120.00"));
    assertThat(ENERGY.number("/often")).contains(new BigDecimal("3"));
    assertThat(ENERGY.date("/from")).contains(LocalDate.of(2026, 2, 1));
    assertThat(ENERGY.texts("/meters/*/id")).containsExactly("m1", "m2");
    assertThat(ENERGY.texts("/meters/*/note")).containsExactly("cellar");
    assertThat(ENERGY.texts("/words/*")).containsExactly("low", "high");
    assertThat(ENERGY.texts("/site/city")).containsExactly("Bonn");
  }

  @Test
  void whatIsNotThereIsEmpty() throws Exception {
    assertThat(ENERGY.text("/until")).isEmpty();
    assertThat(ENERGY.text("/owner/name")).isEmpty();
    assertThat(ENERGY.text("/meters/2/id")).isEmpty();
    assertThat(ENERGY.number("/until")).isEmpty();
    assertThat(ENERGY.date("/until")).isEmpty();
    assertThat(ENERGY.texts("/sites/*/city")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/rate", "/site", "/words", "/rate/x", "/from/x", "/meters/id", "/meters/01/id"})
  void aTextThatIsSomethingElseIsNotTakenForAbsent(String pointer) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> ENERGY.text(pointer))
        .withMessageContaining(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/odd/*", "/words", "/site/*", "/meters/*", "/words/*/id", "/rate/*"})
  void textsThatAreSomethingElseAreRefusedAsAWhole(String pointer) {
    assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> ENERGY.texts(pointer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/from", "/site", "/site/city", "/words"})
  void aNumberThatIsSomethingElseIsRefused(String pointer) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> ENERGY.number(pointer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rate", "/cap", "/site", "/site/city"})
  void aDateThatIsSomethingElseIsRefused(String pointer) {
    assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> ENERGY.date(pointer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"site", "/site~2", "/meters/*/id"})
  void aPointerThatIsNoneIsAMistakeOfTheCaller(String pointer) {
    assertThatIllegalArgumentException().isThrownBy(() -> ENERGY.text(pointer));
    assertThatIllegalArgumentException().isThrownBy(() -> ENERGY.number(pointer));
    assertThatIllegalArgumentException().isThrownBy(() -> ENERGY.date(pointer));
  }
}
