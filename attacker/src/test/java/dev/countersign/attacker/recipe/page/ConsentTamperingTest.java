package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.recipe.page.ConsentTampering.Change;
import dev.countersign.protocol.http.Form;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a consent form is changed. */
class ConsentTamperingTest {
  private static Form form(String... parameters) {
    Form.Builder form = Form.builder();
    for (int i = 0; i < parameters.length; i += 2) {
      form.add(parameters[i], parameters[i + 1]);
    }
    return form.build();
  }

  @Test
  void putsMoreIntoAScopeThatTheFormHas() {
    Form changed =
        new Change("scope", "scope", "admin", true).to(form("scope", "openid", "a", "b"));
    assertThat(changed).isEqualTo(form("scope", "openid admin", "a", "b"));
  }

  @Test
  void changesFieldsOfLikeNamesAndAddsTheParameterItself() {
    Form changed = new Change("scope", "scope", "admin", true).to(form("granted_scopes", "openid"));
    assertThat(changed).isEqualTo(form("granted_scopes", "openid admin", "scope", "admin"));
  }

  @Test
  void putsAnotherClientInPlaceOfTheRightOne() {
    Form changed = new Change("client_id", "client", "other", false).to(form("client_id", "right"));
    assertThat(changed).isEqualTo(form("client_id", "other"));
  }

  @Test
  void changesOneThingAtATime() {
    assertThat(ConsentTampering.changes("other", "openid", List.of()))
        .extracting(Change::what)
        .containsExactly(
            "scope", "authorization_details", "authorization_details", "client_id", "redirect_uri");
  }
}
