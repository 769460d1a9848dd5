package dev.countersign.it.browser;

import dev.countersign.client.FlowRequest;
import org.junit.jupiter.api.Test;

/** English and German, as the client asks, or else as the browser does. */
class LanguageTest extends BrowserTest {

  @Test
  void isThatOfTheBrowser() {
    Visitor german = visitors.visitor(scene.web(), Look.LIGHT_DESKTOP, "de-AT");
    connect(german, scene);
    german.sees("html[lang=de]").reads("Passwort").reads("Anmelden");
    logIn(german, "wrong");
    german.reads("Benutzername oder Passwort ist falsch");
    logIn(german, Scene.PASSWORD);
    german.reads("bittet um Zugriff");
    Visitor french = visitors.visitor(scene.web(), Look.LIGHT_DESKTOP, "fr-FR");
    connect(french, scene);
    french.sees("html[lang=en]").reads("Password");
  }

  @Test
  void isThatOfTheClientIfItWishesOne() {
    scene.budget().asksFor(FlowRequest.of("openid accounts").withUiLocales("fr de en"));
    connect(anna, scene);
    anna.sees("html[lang=de]").reads("Passwort");
    logIn(anna, Scene.PASSWORD);
    anna.sees("html[lang=de]").reads("bittet um Zugriff");
  }
}
