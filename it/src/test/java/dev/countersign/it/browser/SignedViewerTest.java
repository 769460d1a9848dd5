package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.countersign.demo.scene.Signing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow viewer of the demo in which every message is signed. */
@ExtendWith(Browsing.class)
class SignedViewerTest {
  private static final String MESSAGE = "#messages li.message .open";
  private static final String BREAKS = ".panel details.breaks > summary";
  private static final String REFUSED = ".panel .verdict.refused";

  private Town town;

  @BeforeEach
  void start(@TempDir Path folder) {
    town = new Town(folder, Signing.EVERY_MESSAGE);
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
    anna.reads("1,520.00").open(town.app().resolve("/pay"));
    anna.type("#creditor", "Corner Bakery").type("#amount", "12.50");
    anna.click("form[action='/pay'] button").click("text=Current account");
    anna.click(BrowserTest.ALLOW).reads("Payment made").reads("1,507.50");
    anna.switchTo(viewer);
    return anna;
  }

  private static Locator message(Visitor visitor, String title) {
    return visitor.find(MESSAGE).filter(new Locator.FilterOptions().setHasText(title)).last();
  }

  @Test
  void showsWhatIsSignedInWords(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    message(anna, "Makes a payment").click();
    anna.reads("SIGNATURE OF THE HTTP REQUEST").reads("Signed by the client's key for messages");
    anna.reads("the digest of the content").reads("as it was signed");
    anna.reads("SIGNATURE OF THE HTTP ANSWER").reads("of the request: the signature");
    message(anna, "Pushes its request (PAR)").click();
    anna.reads("REQUEST OBJECT").reads("response_mode");
    message(anna, "Agrees, and returns with a code").click();
    anna.reads("AUTHORIZATION RESPONSE").reads("Signed by the authorization server");
  }

  @Test
  void showsTheRuleThatRefusesABrokenSignature(Visitors visitors) {
    Visitor anna = watching(visitors, Look.LIGHT_DESKTOP);
    isRefused(anna, "Makes a payment", "Change the amount on the way", "SIG-10");
    isRefused(anna, "Makes a payment", "Leave out the signature", "HS-5.3.1.2-3");
    isRefused(anna, "Makes a payment", "Sign it two minutes ago", "HS-5.3.1.2-6");
    isRefused(anna, "Reads the accounts", "made for something else", "HS-5.3.1.2-4");
    isRefused(anna, "Pushes its request (PAR)", "Change the signed request", "SP-5.4.1-1.1");
    isRefused(anna, "Brings the code to the app", "Change the signed response", "SP-5.4.1-1.1");
  }

  private static void isRefused(Visitor anna, String title, String how, String rule) {
    message(anna, title).click();
    anna.click(BREAKS);
    anna.find(".panel button.break").filter(new Locator.FilterOptions().setHasText(how)).click();
    anna.sees(REFUSED);
    assertThat(anna.find(REFUSED + " code.id").first().textContent()).as(how).isEqualTo(rule);
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void isAccessibleAndFitsTheScreen(Look look, Visitors visitors) {
    Visitor anna = watching(visitors, look);
    message(anna, "Makes a payment").click();
    anna.sees(".panel .jwt").windowLooksRight("viewer-signed-message");
    anna.find(".panel .jwt").last().scrollIntoViewIfNeeded();
    anna.windowLooksRight("viewer-signed-signature");
    anna.click(BREAKS);
    anna.find(".panel button.break")
        .filter(new Locator.FilterOptions().setHasText("Change the amount on the way"))
        .click();
    anna.sees(REFUSED).windowLooksRight("viewer-signed-refused");
    anna.open(town.viewer().resolve("/text")).looksRight("viewer-signed-text");
  }
}
