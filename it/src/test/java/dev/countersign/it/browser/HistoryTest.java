package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Reload, back and a second tab: whatever a person does, one decision counts. */
class HistoryTest extends BrowserTest {

  @Test
  void showsTheConsentPageAgainWhenItIsReloaded() {
    toConsent(anna, scene);
    anna.page().reload();
    anna.sees(ALLOW).click(ALLOW);
    toldBy(anna, "connected");
  }

  @Test
  void tellsWhoComesBackAfterTheDecisionThatThePageIsOver() {
    toConsent(anna, scene);
    anna.click(ALLOW);
    toldBy(anna, "connected");
    anna.page().goBack();
    isOver();
  }

  @Test
  void tellsTheFirstTabThatTheSecondHasDecided() {
    toConsent(anna, scene);
    Page first = anna.page();
    anna.newTab();
    anna.open(URI.create(first.url())).sees(ALLOW).click(ALLOW);
    toldBy(anna, "connected");
    anna.switchTo(first);
    anna.click(DENY);
    isOver();
  }

  /** No form is left, and the page says what to do. */
  private void isOver() {
    anna.isAt(scene.issuer()).sees(ALARM);
    assertThat(anna.find("button").count()).isZero();
  }
}
