package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/**
 * A visitor with the flow viewer in front, and an app with a connected bank and a payment behind
 * it.
 */
record Watched(Visitor anna) {
  /** What must stand there where a broken message was refused by its rule. */
  static final String REFUSED = ".panel .verdict.refused";

  private static final String MESSAGE = "#messages li.message .open";
  private static final String BREAKS = ".panel details.breaks > summary";

  static Watched of(Town town, Visitors visitors, Look look) {
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
    return new Watched(anna);
  }

  /** The newest message with this title. */
  Locator message(String title) {
    return anna.find(MESSAGE).filter(new Locator.FilterOptions().setHasText(title)).last();
  }

  /** Chooses it. */
  Visitor choose(String title) {
    message(title).click();
    return anna.sees(".panel h2");
  }

  /** Shows the ways to break what is chosen. */
  Visitor showWaysToBreak() {
    return anna.click(BREAKS);
  }

  /** Breaks what is chosen, in the way with these words on it. */
  Visitor breakIt(String how) {
    anna.find(".panel button.break").filter(new Locator.FilterOptions().setHasText(how)).click();
    if (anna.find(".panel .danger").count() > 0) {
      anna.click(".panel .danger");
    }
    return anna.sees(REFUSED);
  }

  void isRefused(String title, String how, String rule) {
    choose(title);
    showWaysToBreak();
    breakIt(how);
    assertThat(anna.find(REFUSED + " code.id").first().textContent()).as(how).isEqualTo(rule);
  }
}
