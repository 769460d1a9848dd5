package dev.countersign.server.mygrants;

import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.GrantFilter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** A server where people see and end what they allowed. */
abstract class GrantingTest extends BrowserTest {

  /** What people allowed in one test is over in the next. */
  @BeforeEach
  void endAll() {
    for (GrantFilter person :
        List.of(GrantFilter.of(TestServer.ANNA), GrantFilter.of(People.BENS_SUBJECT))) {
      server
          .store()
          .findGrants(person, Optional.empty(), 1000, server.now())
          .forEach(found -> server.store().revokeGrant(found.grant().id(), Set.of(), server.now()));
    }
    server.pass(Duration.ofMinutes(1));
  }

  URI url() {
    return server.url("/my-grants");
  }

  /** A browser in which Anna is logged in. */
  Browser anna() {
    return loggedIn(People.ANNA, People.ANNAS_PASSWORD);
  }

  /** A browser in which Ben is. */
  Browser ben() {
    return loggedIn(People.BEN, People.BENS_PASSWORD);
  }

  private Browser loggedIn(String username, String password) {
    Browser browser = browser();
    browser.follow(browser.logIn(browser.show(url()), username, password));
    return browser;
  }

  /** The person allows the app this; the tokens that come of it. */
  Reply allow(Browser browser, Params request) {
    String code = Callback.of(browser.press(browser.start(request), "allow")).get("code");
    return server.app().token(server.app().codeRequest(code));
  }

  /** The person allows the app what it usually asks for. */
  Reply allow(Browser browser) {
    return allow(browser, request().with("prompt", "consent"));
  }

  /** The question that the first link of the list leads to. */
  Shown asked(Browser browser) {
    return browser.show(endLink(browser.show(url())));
  }

  /** Where the first link of the list leads to. */
  static URI endLink(Shown list) {
    return URI.create(list.document().select("a.button").first().absUrl("href"));
  }
}
