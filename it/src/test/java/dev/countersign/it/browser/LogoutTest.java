package dev.countersign.it.browser;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** Leaving: the next flow in this browser begins with a login again. */
class LogoutTest extends BrowserTest {
  private static final String LOG_OUT = "button[value=logout]";

  private URI logout() {
    return scene.issuer().resolve("/logout");
  }

  @Test
  void endsTheLoginOfThisBrowser() {
    toConsent(anna, scene);
    anna.click(ALLOW);
    toldBy(anna, "connected");
    anna.open(logout()).reads(Scene.USERNAME).click(LOG_OUT).reads("You are logged out");
    anna.open(logout()).reads("Nobody is logged in");
    connect(anna, scene);
    anna.sees(PASSWORD);
  }

  @Test
  void endsNoLoginOfAnotherBrowser() {
    Visitor other = visitors.visitor(scene.web());
    toConsent(anna, scene);
    toConsent(other, scene);
    other.open(logout()).click(LOG_OUT).reads("You are logged out");
    anna.click(ALLOW);
    toldBy(anna, "connected");
  }

  @Test
  void endsAPageInWhichThePersonHadLoggedIn() {
    toConsent(anna, scene);
    var consent = anna.page();
    anna.newTab();
    anna.open(logout()).click(LOG_OUT).reads("You are logged out");
    anna.switchTo(consent);
    anna.click(ALLOW).sees(ALARM);
    anna.isAt(scene.issuer());
  }
}
