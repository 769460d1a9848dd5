package dev.countersign.protocol.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantManagementTest {
  private static final GrantId GRANT = new GrantId("grant-1");

  @Test
  @Requirement({"GM-5.2-1", "GM-5.2-2", "GM-5.2-3"})
  void readsTheThreeActions() {
    assertThat(read("grant_management_action=create")).contains(GrantManagement.create());
    assertThat(read("grant_management_action=merge&grant_id=grant-1"))
        .contains(GrantManagement.merge(GRANT));
    assertThat(read("grant_management_action=replace&grant_id=grant-1"))
        .contains(GrantManagement.replace(GRANT));
    assertThat(read("scope=accounts")).isEmpty();
  }

  @Test
  @Requirement({"GM-5.4-2"})
  void refusesAGrantToBeCreatedThatIsNamed() {
    refuses("grant_management_action=create&grant_id=grant-1", "GM-5.4-2");
  }

  @Test
  @Requirement({"GM-5.4-3"})
  void refusesAGrantWithoutAnAction() {
    refuses("grant_id=grant-1", "GM-5.4-3");
  }

  @ParameterizedTest
  @Requirement({"GM-5.2-6"})
  @ValueSource(strings = {"merge", "replace"})
  void refusesAnActionWithoutItsGrant(String action) {
    refuses("grant_management_action=" + action, "GM-5.2-6");
  }

  @ParameterizedTest
  @Requirement({"GM-5.4-4"})
  @ValueSource(strings = {"update", "query", "revoke", "Merge", "create%20merge"})
  void refusesEveryOtherAction(String action) {
    refuses("grant_management_action=" + action + "&grant_id=grant-1", "GM-5.4-4");
  }

  @ParameterizedTest
  @Requirement({"GM-5.4-1"})
  @CsvSource({"two%20words", "%C3%A4"})
  void refusesWhatCannotBeTheNameOfAGrant(String grant) {
    Refusal refusal = refusal("grant_management_action=merge&grant_id=" + grant);
    assertThat(((Refusal.OAuth) refusal).error()).isEqualTo(OAuthError.INVALID_GRANT_ID);
    assertThat(refusal.rule().value()).isEqualTo("GM-5.4-1");
  }

  @Test
  @Requirement({"GM-5.2-3", "GM-5.2-6"})
  void cannotBeMadeWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GrantManagement(GrantAction.CREATE, Optional.of(GRANT)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GrantManagement(GrantAction.MERGE, Optional.empty()));
  }

  private static void refuses(String query, String rule) {
    Refusal refusal = refusal(query);
    assertThat(((Refusal.OAuth) refusal).error()).isEqualTo(OAuthError.INVALID_REQUEST);
    assertThat(refusal.rule().value()).isEqualTo(rule);
  }

  private static Refusal refusal(String query) {
    return catchThrowableOfType(RefusalException.class, () -> read(query)).refusal();
  }

  private static Optional<GrantManagement> read(String query) {
    return GrantManagement.read(Form.parseQuery(query));
  }
}
