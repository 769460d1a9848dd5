package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the server, light and dark, on a desktop and on a phone, in both languages. */
@ExtendWith(Browsing.class)
class LooksTest {
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
    BrowserTest.connect(visitor, scene);
    check(visitor, "login", language);
    BrowserTest.logIn(visitor, "wrong");
    visitor.sees(BrowserTest.ALARM);
    check(visitor, "login-wrong", language);
    BrowserTest.logIn(visitor, Scene.PASSWORD);
    visitor.sees(BrowserTest.ALLOW);
    check(visitor, "consent", language);
    visitor.click(BrowserTest.DENY).isAt(scene.front());
    visitor.page().goBack();
    visitor.sees(BrowserTest.ALARM);
    check(visitor, "over", language);
  }

  private static void check(Visitor visitor, String name, String language) {
    visitor.keepPicture("as-" + name + "-" + language.substring(0, 2));
    Axe.requireAccessible(visitor);
    assertThat(visitor.page().evaluate("() => document.documentElement.scrollWidth"))
        .as("width of %s", name)
        .isEqualTo(visitor.page().viewportSize().width);
    assertThat(visitor.page().locator("html").getAttribute("lang"))
        .as("language of %s", name)
        .isEqualTo(language.substring(0, 2));
  }
}
