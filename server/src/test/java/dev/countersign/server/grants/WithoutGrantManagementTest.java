package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that is not told to do it knows nothing of grant management. */
class WithoutGrantManagementTest extends BrowserTest {

  @ParameterizedTest
  @CsvSource({"create,", "merge,nobodys", "merge,", "update,x", ",x", "create,x"})
  @Requirement({"GM-7.1-1", "OA-18"})
  void ignoresParametersThatItDoesNotKnow(String action, String grant) {
    Params asked = request();
    asked = action == null ? asked : asked.and("grant_management_action", action);
    asked = grant == null ? asked : asked.and("grant_id", grant);
    assertThat(server.app().push(asked).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"GM-5.5-1"})
  void makesAGrantThatItDoesNotName() {
    Browser browser = browser();
    Params asked = request().and("grant_management_action", "create");
    Callback callback = Callback.of(browser.press(browser.loggedIn(browser.start(asked)), "allow"));
    Reply tokens = server.app().token(server.app().codeRequest(callback.get("code")));
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(tokens.json().has("grant_id")).isFalse();
  }

  @Test
  @Requirement({"GM-7.1-1", "GM-7.1-2"})
  void saysNothingOfIt() {
    Reply metadata = server.get(server.url("/.well-known/openid-configuration"));
    assertThat(metadata.text()).doesNotContain("grant_management");
    assertThat(server.get(server.url("/grants/x")).status()).isEqualTo(404);
  }

  @Test
  void hasNoTokensForIt() {
    Params asked = Params.of("grant_type", "client_credentials");
    assertThat(server.machine().token(asked.and("scope", "grant_management_query")).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(
            server
                .machine()
                .token(asked.and("resource", server.url("/grants").toString()))
                .outcome())
        .isEqualTo("400 invalid_target");
  }
}
