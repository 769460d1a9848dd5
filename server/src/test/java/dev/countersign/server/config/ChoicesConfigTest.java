package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.server.details.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can choose from at consent. */
class ChoicesConfigTest {

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  private UserConfig user(String more) throws ConfigException {
    String user = "users:\n  - username: anna\n    sub: u-1\n    password: " + ConfigSamples.HASH;
    return ConfigFile.parse(
            "countersign.yaml", ConfigSamples.LEAST + user + "\n" + more + "\n", folder)
        .users()
        .getFirst();
  }

  private String problem(String choices) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> user(choices));
    assertThat(e).as("no problem was found").isNotNull();
    assertThat(e.problems()).hasSize(1);
    return e.problems().getFirst().toString();
  }

  @Test
  void areListsWithNamesInTheirOrder() throws ConfigException {
    Map<String, List<Choice>> choices =
        user("""
            choices:
              accounts:
                - {label: {en: Salary, de: Gehalt}, value: {iban: DE1, currency: EUR}}
                - {value: {iban: DE2}, label: Savings}
              cards: []
        """)
            .choices();
    assertThat(choices.keySet()).containsExactly("accounts", "cards");
    assertThat(choices.get("accounts"))
        .extracting(choice -> choice.label().in(Locale.GERMAN) + choice.value().toJson())
        .containsExactly(
            "Gehalt{\"iban\":\"DE1\",\"currency\":\"EUR\"}", "Savings{\"iban\":\"DE2\"}");
    assertThat(choices.get("cards")).isEmpty();
  }

  @Test
  void areNoneIfLeftOut() throws ConfigException {
    assertThat(user("").choices()).isEmpty();
  }

  @Test
  void areNotPrintedWithTheUser() throws ConfigException {
    assertThat(user("    choices: {accounts: [{label: Salary, value: {iban: DE1}}]}").toString())
        .doesNotContain("Salary", "DE1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Salary",
        "[Salary]",
        "{accounts: Salary}",
        "{accounts: [Salary]}",
        "{accounts: [{label: Salary}]}",
        "{accounts: [{value: {iban: DE1}}]}",
        "{accounts: [{label: Salary, value: DE1}]}",
        "{accounts: [{label: '', value: {iban: DE1}}]}",
        "{accounts: [{label: Salary, value: {iban: DE1}, more: true}]}",
        "{accounts: [{label: A, value: {iban: DE1}}, {label: B, value: {iban: DE1}}]}",
        "{accounts: [], accounts: []}"
      })
  void ofAnotherShapeAreRefused(String choices) {
    assertThat(problem("    choices: " + choices)).contains("users[0].choices");
  }

  @Test
  void whatATypeHasNoPlaceForIsRefusedWithoutItsValue() throws ConfigException {
    String types = "authorization_details_types: [payment_initiation, account_information]\n";
    String right = "    choices: {accounts: [{label: A, value: {iban: DE02120300000000202051}}]}\n";
    assertThat(user(right + types).choices().get("accounts")).hasSize(1);
    assertThat(user("    choices: {cards: [{label: A, value: {pan: '4111'}}]}\n" + types).choices())
        .containsKey("cards");
    String wrong = "    choices: {accounts: [{label: A, value: {iban: secret}}]}\n" + types;
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> user(wrong));
    assertThat(e.problems())
        .hasSize(2)
        .extracting(Object::toString)
        .allSatisfy(problem -> assertThat(problem).contains("users[0].choices", "/iban"))
        .noneMatch(problem -> problem.contains("secret"));
  }
}
