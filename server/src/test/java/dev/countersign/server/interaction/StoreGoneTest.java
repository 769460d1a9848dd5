package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If the store cannot answer, nobody is logged in and nothing is given. */
class StoreGoneTest {

  @Test
  @Requirement({"OA-1"})
  void everyStepEndsOnAPageThatAsksToTryAgain(@TempDir Path folder) {
    try (TestServer server = new TestServer(folder, People::in)) {
      Browser browser = new Browser(server);
      Shown login = browser.start();
      Shown consent = browser.loggedIn(login);
      String requestUri =
          server.app().push(server.app().authorizationRequest()).string("request_uri");
      int cookies = browser.received().size();
      URI authorize = browser.authorizationUrl(server.app(), requestUri);
      server.store().close();
      List<Shown> pages =
          List.of(
              browser.show(authorize),
              browser.show(consent.url()),
              new Shown(login.action(), browser.logIn(login, People.ANNA, People.ANNAS_PASSWORD)),
              new Shown(consent.action(), browser.press(consent, "allow")),
              new Shown(consent.action(), browser.press(consent, "deny")));
      for (Shown page : pages) {
        assertThat(page.isError(503)).isTrue();
        assertThat(page.document().text()).contains("try again in a few minutes");
        assertThat(page.reply().header("Content-Security-Policy")).isPresent();
      }
      assertThat(browser.received()).hasSize(cookies);
    }
  }
}
