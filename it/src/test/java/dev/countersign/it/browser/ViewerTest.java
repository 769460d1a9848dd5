package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow viewer in a tab beside the app: messages come as they happen, and can be broken. */
@ExtendWith(Browsing.class)
class ViewerTest {
  private static final String MESSAGE = "#messages li.message .open";
  private static final String BREAKS = ".panel details.breaks > summary";
  private static final String REFUSED = ".panel .verdict.refused";

  private Town town;

  @BeforeEach
  void start(@TempDir Path folder) {
    town = new Town(folder);
  }

  @AfterEach
  void stop() {
    town.close();
  }

  /** Has the viewer in front, and an app with a connected bank and a payment behind it. */
  private Visitor watching(Visitors visitors, Look look) {
    Visitor anna = visitors.visitor(town.web(), look, "en-GB");
    anna.open(town.viewer()).sees("#empty").sees("#state.live");
    Page viewer = anna.page();
    anna.newTab();
    town.connect(anna);
    anna.open(town.app().resolve("/pay"));
    anna.type("#creditor", "Corner Bakery").type("#amount", "12.50");
    anna.click("form[action='/pay'] button").click("text=Current account");
    anna.click(BrowserTest.ALLOW).reads("Payment made");
    anna.switchTo(viewer);
    return anna;
  }

  private static Locator message(Visitor visitor, String title) {
    return visitor.find(MESSAGE).filter(new Locator.FilterOptions().setHasText(title)).last();
  }

  @Test
  void showsMessagesAsTheyHappenWithoutLoadingThePageAgain(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    for (String title :
        new String[] {
          "Pushes its request (PAR)", "Logs in", "Redeems the code for tokens", "Makes a payment"
        }) {
      message(anna, title).click();
      anna.sees(".panel h2");
      assertThat(anna.find(".panel h2").textContent()).contains(title);
    }
    message(anna, "Redeems the code for tokens").click();
    anna.reads("Signed by the client");
  }

  @Test
  void showsTheRuleThatRefusesABrokenMessage(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    isRefused(anna, "Makes a payment", "Drop the proof", "DP-4");
    isRefused(anna, "Makes a payment", "Change the amount", "DP-15");
    isRefused(anna, "Makes a payment", "Charge more", "RAR-9-1");
    isRefused(anna, "Redeems the code for tokens", "Prove another key", "DP-16");
    isRefused(anna, "Redeems the code for tokens", "Redeem the code once more", "SP-5.3.2.2-9");
  }

  private static void isRefused(Visitor anna, String title, String how, String rule) {
    message(anna, title).click();
    anna.click(BREAKS);
    anna.find(".panel button.break").filter(new Locator.FilterOptions().setHasText(how)).click();
    if (anna.find(".panel .danger").count() > 0) {
      anna.click(".panel .danger");
    }
    anna.sees(REFUSED);
    assertThat(anna.find(REFUSED + " code.id").first().textContent()).as(how).isEqualTo(rule);
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void isAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Visitor anna = watching(visitors, look);
    message(anna, "Makes a payment").waitFor();
    anna.windowLooksRight("viewer");
    message(anna, "Redeems the code for tokens").click();
    anna.click(BREAKS).windowLooksRight("viewer-message");
    anna.find(".panel button.break").first().click();
    anna.sees(REFUSED).windowLooksRight("viewer-refused");
    anna.open(town.viewer().resolve("/text")).looksRight("viewer-text");
  }
}
