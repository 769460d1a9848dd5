package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does with the demo: connects the bank, looks, pays, disconnects. */
@ExtendWith(Browsing.class)
class DemoTest {
  static final String CONNECT = "form[action='/connect'] button";
  private static final String DISCONNECT = "form[action='/disconnect'] button";
  private static final String PAY = "form[action='/pay'] button";

  private Town town;
  private Visitor anna;

  @BeforeEach
  void start(@TempDir Path folder, Visitors visitors) {
    town = new Town(folder);
    anna = visitors.visitor(town.web());
  }

  @AfterEach
  void stop() {
    town.close();
  }

  private void order(String creditor, String amount) {
    anna.open(town.app().resolve("/pay"));
    anna.type("#creditor", creditor).type("#amount", amount).click(PAY);
  }

  /** From the form over the bank's page, with the first account, to what came of it. */
  private void pay(String creditor, String amount) {
    order(creditor, amount);
    allow();
  }

  private void allow() {
    anna.isAt(town.server()).reads("Make this payment");
    anna.click("text=Current account").click(BrowserTest.ALLOW);
    anna.isAt(town.app().resolve("/payments/"));
  }

  @Test
  void connectsAndShowsTheAccounts() {
    town.toConsent(anna);
    anna.reads("Sunny Budget").reads("See your accounts and their bookings");
    anna.click(BrowserTest.ALLOW).isAt(town.app().resolve("/accounts"));
    anna.reads("Anna Sund").reads("Current account").reads("1,520.00").reads("Savings");
    anna.click("text=Current account").reads("Harbour Library").reads("Hill Street Homes");
  }

  @Test
  void paysOnceHoweverOftenThePageIsLoaded() {
    town.connect(anna);
    pay("Corner Bakery", "12.50");
    anna.isAt(town.app().resolve("/payments/")).reads("Payment made").reads("1,507.50");
    anna.page().reload();
    anna.reads("Payment made").reads("1,507.50");
    anna.open(town.app().resolve("/accounts")).reads("1,507.50");
  }

  @Test
  void paysOnceWhenTheButtonIsPressedTwice() {
    town.connect(anna);
    anna.open(town.app().resolve("/pay"));
    anna.type("#creditor", "Corner Bakery").type("#amount", "12.50").find(PAY).dblclick();
    allow();
    anna.reads("Payment made");
    anna.open(town.app().resolve("/accounts")).reads("1,507.50");
  }

  @Test
  void paysNothingThatTheAccountDoesNotHold() {
    town.connect(anna);
    pay("Boat Yard", "1520.01");
    anna.reads("Not paid").open(town.app().resolve("/accounts")).reads("1,520.00");
  }

  @Test
  void saysWhatIsWrongWithAPayment() {
    town.connect(anna);
    order("", "twelve");
    anna.sees("[role=alert]").reads("Write who gets the money");
    assertThat(anna.find("#amount").inputValue()).isEqualTo("twelve");
    anna.type("#creditor", "Corner Bakery").type("#amount", "12.50").click(PAY);
    allow();
    anna.reads("Payment made");
  }

  @Test
  void asksAtTheBankForEachPaymentAndShowsWhichAndFromWhere() {
    town.connect(anna);
    order("Corner Bakery", "12.50");
    anna.isAt(town.server()).reads("Corner Bakery").reads("12.50").reads("Pay from which account?");
    anna.click("text=Savings").click(BrowserTest.ALLOW);
    anna.reads("Payment made").reads("DE02 5001 0517 0137 0750 30").reads("7,987.50");
    order("Corner Bakery", "12.50");
    anna.isAt(town.server()).click(BrowserTest.DENY).isAt(town.app()).reads("Nothing was paid");
  }

  @Test
  @Requirement("RAR-9-1")
  void isRefusedAtTheBankWhereItTriesToPayTheSameAgain() {
    town.connect(anna);
    pay("Corner Bakery", "12.50");
    anna.click("text=Try to pay it again").reads("did not pay a second time");
    anna.looksRight("demo-paid-once");
    anna.open(town.app().resolve("/accounts")).reads("1,507.50");
  }

  @Test
  void tellsThatNothingIsConnectedAfterANo() {
    anna.open(town.app()).click(CONNECT).isAt(town.server()).click(BrowserTest.CANCEL);
    anna.isAt(town.app()).reads("Your bank is not connected");
    town.toConsent(anna);
    anna.click(BrowserTest.DENY).isAt(town.app()).reads("Your bank is not connected");
    anna.sees(CONNECT);
  }

  @Test
  void goesOnWhenTheAccessTokenHasEnded() {
    town.connect(anna);
    town.pass(Duration.ofMinutes(6));
    anna.page().reload();
    anna.reads("Current account");
  }

  @Test
  @Requirement("SP-6.8-4")
  void isRefusedAtOnceWhenThePersonEndsItAtTheBank() {
    town.connect(anna);
    anna.click("text=who has access to your accounts").isAt(town.server().resolve("/my-grants"));
    anna.reads("Sunny Budget").reads("See your accounts and their bookings");
    anna.looksRight("demo-my-grants");
    anna.click("text=End access")
        .click("button[value=end]")
        .reads("Sunny Budget no longer has this access");
    anna.open(town.app().resolve("/accounts")).reads("It was ended by you or by your bank");
    anna.sees(CONNECT);
  }

  @Test
  void disconnectsEveryTab() {
    town.connect(anna);
    Page first = anna.page();
    anna.newTab();
    anna.open(town.app().resolve("/pay")).type("#creditor", "Thief").type("#amount", "1.00");
    Page second = anna.page();
    anna.switchTo(first);
    anna.click(DISCONNECT).isAt(town.app().resolve("/disconnected")).reads("Disconnected");
    anna.switchTo(second);
    anna.click(PAY).sees(CONNECT);
    anna.open(town.app().resolve("/accounts")).sees(CONNECT);
  }
}
