package dev.countersign.it.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Leaving: the next flow in this browser begins with a login again. */
class LogoutTest extends BrowserTest {
  @Test
  void endsTheLoginOfThisBrowser() {
    toConsent(anna, scene);
    anna.click(ALLOW);
    toldBy(anna, "connected");
    anna.open(scene.logout()).reads(Scene.USERNAME).click(LOG_OUT).reads("You are logged out");
    anna.open(scene.logout()).reads("Nobody is logged in");
    connect(anna, scene);
    anna.sees(PASSWORD);
  }

  @Test
  void endsNoLoginOfAnotherBrowser() {
    Visitor other = visitors.visitor(scene.web());
    toConsent(anna, scene);
    toConsent(other, scene);
    other.open(scene.logout()).click(LOG_OUT).reads("You are logged out");
    anna.click(ALLOW);
    toldBy(anna, "connected");
  }

  @Test
  void endsAPageInWhichThePersonHadLoggedIn() {
    toConsent(anna, scene);
    Page consent = anna.page();
    anna.newTab();
    anna.open(scene.logout()).click(LOG_OUT).reads("You are logged out");
    anna.switchTo(consent);
    anna.click(ALLOW).sees(PASSWORD);
    anna.isAt(scene.issuer());
  }
}
