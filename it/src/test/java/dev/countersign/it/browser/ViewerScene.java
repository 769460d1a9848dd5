package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.countersign.demo.scene.Signing;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The demo, and somebody who watches its messages in the flow viewer. */
@ExtendWith(Browsing.class)
abstract class ViewerScene {
  static final String BREAKS = ".panel details.breaks > summary";
  static final String REFUSED = ".panel .verdict.refused";
  private static final String MESSAGE = "#messages li.message .open";

  private final Signing signing;
  Town town;

  ViewerScene(Signing signing) {
    this.signing = signing;
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    town = new Town(folder, signing);
  }

  @AfterEach
  void stop() {
    town.close();
  }

  /** Has the viewer in front, and an app with a connected bank and a payment behind it. */
  final Visitor watching(Visitors visitors, Look look) {
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

  static Locator message(Visitor visitor, String title) {
    return visitor.find(MESSAGE).filter(new Locator.FilterOptions().setHasText(title)).last();
  }

  static Locator way(Visitor visitor, String how) {
    return visitor.find(".panel button.break").filter(new Locator.FilterOptions().setHasText(how));
  }

  /** Breaks a message in this way, and reads which rule refuses it. */
  static void isRefused(Visitor anna, String title, String how, String rule) {
    message(anna, title).click();
    anna.click(BREAKS);
    way(anna, how).click();
    if (anna.find(".panel .danger").count() > 0) {
      anna.click(".panel .danger");
    }
    anna.sees(REFUSED);
    assertThat(anna.find(REFUSED + " code.id").first().textContent()).as(how).isEqualTo(rule);
  }
}
