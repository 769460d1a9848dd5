package dev.countersign.it.browser;

import org.junit.jupiter.api.Test;

/**
 * A no leads back to the app, which sends the browser on to another origin: Chromium holds each
 * redirect after a form against the page's {@code form-action}.
 */
class CancelTest extends BrowserTest {

  @Test
  void leadsBackFromTheLoginPage() {
    connect(anna, scene);
    anna.click(CANCEL);
    toldBy(anna, "access_denied");
  }

  @Test
  void leadsBackFromTheLoginPageAfterAWrongPassword() {
    connect(anna, scene);
    logIn(anna, "wrong");
    anna.sees(ALARM).click(CANCEL);
    toldBy(anna, "access_denied");
  }

  @Test
  void leadsBackFromTheConsentPage() {
    toConsent(anna, scene);
    anna.click(DENY);
    toldBy(anna, "access_denied");
  }
}
