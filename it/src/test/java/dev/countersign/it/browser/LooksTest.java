package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the server, light and dark, on a desktop and on a phone, in both languages. */
@ExtendWith(Browsing.class)
class LooksTest {
  private static final int FAILURES = 5;

  private Scene scene;

  @BeforeEach
  void start(@TempDir Path folder) {
    scene = new Scene(folder);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({
    "LIGHT_DESKTOP, en-GB",
    "DARK_DESKTOP, en-GB",
    "LIGHT_PHONE, en-GB",
    "DARK_PHONE, en-GB",
    "LIGHT_PHONE, de-DE"
  })
  void everyPageIsAccessibleAndFitsTheScreen(Look look, String language, Visitors visitors) {
    Visitor visitor = visitors.visitor(scene.web(), look, language);
    Check check = new Check(visitor, language.substring(0, 2));
    BrowserTest.connect(visitor, scene);
    check.page("login");
    for (int i = 0; i < FAILURES; i++) {
      BrowserTest.logIn(visitor, "wrong");
    }
    check.page("login-wrong");
    BrowserTest.logIn(visitor, "wrong");
    check.page("login-throttled");
    scene.pass(Duration.ofMinutes(2));
    BrowserTest.logIn(visitor, Scene.PASSWORD);
    visitor.sees(BrowserTest.ALLOW);
    check.page("consent");
    URI consent = URI.create(visitor.page().url());
    visitor.click(BrowserTest.DENY).isAt(scene.front());
    visitor.open(consent).sees(BrowserTest.ALARM);
    check.page("over");
    visitor.open(scene.issuer().resolve("/authorize?client_id=budget"));
    check.page("not-pushed");
    visitor.open(scene.logout());
    check.page("logout");
    visitor.click(BrowserTest.LOG_OUT);
    visitor.page().waitForLoadState();
    check.page("logged-out");
  }

  private record Check(Visitor visitor, String language) {
    void page(String name) {
      visitor.looksRight("as-" + name + "-" + language);
      assertThat(visitor.find("html").getAttribute("lang"))
          .as("language of %s", name)
          .isEqualTo(language);
    }
  }
}
