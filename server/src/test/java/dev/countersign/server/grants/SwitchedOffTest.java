package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that were pushed before the operator turned the switch. */
class SwitchedOffTest {
  private static final String ON = "grant_management: {enabled: true}\n";
  private static final String REQUIRED =
      "grant_management: {enabled: true, action_required: true}\n";

  @TempDir private Path folder;

  private TestServer server(String management) {
    return new TestServer(folder, yaml -> management + People.in(yaml));
  }

  private static Params create(TestServer server) {
    return server.app().authorizationRequest().and("grant_management_action", "create");
  }

  @Test
  @Requirement({"GM-5.4-4", "PAR-13"})
  void areNotDoneAsIfTheyHadAskedForSomethingElse() {
    Browser browser;
    Shown consent;
    try (TestServer before = server(ON)) {
      browser = new Browser(before);
      consent = browser.loggedIn(browser.start(create(before)));
    }
    try (TestServer after = server("")) {
      Browser again = browser.at(after);
      again.press(consent, "allow");
      assertThat(Callback.of(again.get(consent.url())).get("error")).isEqualTo("invalid_request");
    }
  }

  @Test
  @Requirement({"GM-5.4-4", "PAR-13"})
  void needTheActionThatIsRequiredNow() {
    Browser browser;
    Shown consent;
    try (TestServer before = server("")) {
      browser = new Browser(before);
      consent = browser.loggedIn(browser.start(before.app().authorizationRequest()));
    }
    try (TestServer after = server(REQUIRED)) {
      Browser again = browser.at(after);
      again.press(consent, "allow");
      assertThat(Callback.of(again.get(consent.url())).get("error")).isEqualTo("invalid_request");
    }
  }

  @Test
  @Requirement({"GM-5.5-1"})
  void areRedeemedAsTheyWereDecided() {
    String code;
    try (TestServer before = server(ON)) {
      Browser browser = new Browser(before);
      Shown consent = browser.loggedIn(browser.start(create(before)));
      code = Callback.of(browser.press(consent, "allow")).get("code");
    }
    try (TestServer after = server("")) {
      Reply tokens = after.app().token(after.app().codeRequest(code));
      assertThat(tokens.string("grant_id")).hasSize(43);
    }
  }
}
