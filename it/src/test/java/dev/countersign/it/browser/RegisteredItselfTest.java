package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see of a client that registered itself: the name it chose, and that it did. */
@ExtendWith(Browsing.class)
class RegisteredItselfTest {
  private static final String UNCHECKED = ".unchecked";

  /** Of 100 characters, the most there can be. */
  private static final String LONG =
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk und Söhne für Rentenversicherungen"
          + " GmbH & Co K";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "plain, LIGHT_DESKTOP, en-GB, Sunny Budget, Nobody here has checked its name",
    "plain-dark, DARK_PHONE, en-GB, Sunny Budget, Nobody here has checked its name",
    "long, LIGHT_PHONE, de-DE, '" + LONG + "', Ihren Namen hat hier niemand geprüft",
    "diacritics, LIGHT_DESKTOP, de-DE, Žluťoučký kůň Ågren Nguyễn, Ihren Namen hat hier niemand",
    "right-to-left, LIGHT_DESKTOP, en-GB, תקציב שמשי 5, Nobody here has checked its name",
    "right-to-left-german, DARK_DESKTOP, de-DE, ميزانية مشمسة, Ihren Namen hat hier niemand"
  })
  void isNamedAsItWishesAndToldToBeUnchecked(
      String picture, Look look, String language, String name, String says, Visitors visitors) {
    try (Scene scene = Scene.ofClientThatRegistersItself(folder, name)) {
      Visitor visitor = visitors.visitor(scene.web(), look, language);

      BrowserTest.toConsent(visitor, scene);

      assertThat(visitor.find("h1").innerText()).contains(name);
      assertThat(visitor.find(UNCHECKED).innerText()).contains(says).contains("127.0.0.1");
      visitor.looksRight("as-registered-itself-" + picture);
      visitor.click(BrowserTest.ALLOW).isAt(scene.front()).reads("connected");
    }
  }

  @Test
  void isNotSaidOfOneThatTheOperatorRegistered(Visitors visitors) {
    try (Scene scene = new Scene(folder)) {
      Visitor visitor = visitors.visitor(scene.web());

      BrowserTest.toConsent(visitor, scene);

      assertThat(visitor.find(UNCHECKED).count()).isZero();
    }
  }
}
