package dev.countersign.it.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the demo's app, light and dark, on a desktop and on a phone. */
@ExtendWith(Browsing.class)
class DemoLooksTest {
  private Town town;

  @BeforeEach
  void start(@TempDir Path folder) {
    town = new Town(folder);
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void everyPageIsAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Visitor anna = visitors.visitor(town.web(), look, "en-GB");
    anna.open(town.app()).looksRight("app-home");
    town.toConsent(anna);
    anna.looksRight("app-consent").click(BrowserTest.ALLOW).reads("Your accounts");
    anna.looksRight("app-accounts");
    anna.click("text=Current account").reads("Bookings").looksRight("app-bookings");
    anna.open(town.app().resolve("/pay")).looksRight("app-pay");
    anna.click("form[action='/pay'] button").sees("[role=alert]").looksRight("app-pay-wrong");
    anna.type("#creditor", "Corner Bakery").type("#amount", "12.50");
    anna.click("form[action='/pay'] button")
        .reads("Make this payment")
        .looksRight("app-consent-pay");
    anna.click("text=Current account").click(BrowserTest.ALLOW).reads("Payment made");
    anna.looksRight("app-receipt");
    anna.click("text=Try to pay it again").reads("did not pay a second time");
    anna.looksRight("app-paid-once");
    anna.click("nav a:has-text('Permissions')").reads("may do").looksRight("app-permissions");
    anna.open(town.app().resolve("/nowhere")).reads("no such page").looksRight("app-nowhere");
    anna.click("form[action='/disconnect'] button").reads("Disconnected");
    anna.looksRight("app-disconnected");
  }
}
