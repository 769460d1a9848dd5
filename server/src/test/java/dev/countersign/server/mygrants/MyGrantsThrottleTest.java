package dev.countersign.server.mygrants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guessing of passwords: the login of My grants is no way around the throttle of the other. */
class MyGrantsThrottleTest {
  @TempDir private Path folder;

  @Test
  void failuresAtBothLoginsCountTogether() {
    try (TestServer server =
        new TestServer(
            folder,
            yaml ->
                People.in(yaml).replace("failures_per_account: 100", "failures_per_account: 4"))) {
      Browser browser = new Browser(server);
      Shown own = browser.show(server.url("/my-grants"));
      Shown clients = new Browser(server).start();
      Browser another = new Browser(server);
      Shown theirs = another.start();
      assertThat(clients.isLogin()).isTrue();
      for (int i = 0; i < 2; i++) {
        browser.logIn(own, People.ANNA, "wrong");
        another.logIn(theirs, People.ANNA, "wrong");
      }
      Reply here = browser.logIn(own, People.ANNA, People.ANNAS_PASSWORD);
      Reply there = another.logIn(theirs, People.ANNA, People.ANNAS_PASSWORD);
      assertThat(here.status()).isEqualTo(429);
      assertThat(here.header("Retry-After")).contains("60");
      assertThat(there.status()).isEqualTo(429);
      assertThat(new Shown(own.action(), here).document().select("[role=alert]").text())
          .startsWith("There were too many failed tries.");
      server.pass(Duration.ofMinutes(2));
      assertThat(browser.loggedIn(own).heading()).isEqualTo("Who has access");
      another.loggedIn(theirs);
    }
  }
}
