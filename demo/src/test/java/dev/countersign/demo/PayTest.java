package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.story.MessageKind;
import dev.countersign.protocol.http.Form;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayTest {
  private OpenDemo open;
  private TestBrowser browser;

  @BeforeEach
  void connect(@TempDir Path folder) throws Exception {
    open = new OpenDemo(folder);
    browser = open.browser();
    open.connect(browser, open.anna());
    open.forget();
  }

  @AfterEach
  void stop() {
    browser.close();
    open.close();
  }

  @Test
  @Requirement({"RAR-7.1-1", "RAR-9-1"})
  void sendsThePersonToTheBankWithThePaymentAndShowsTheReceipt() {
    TestBrowser.Page consent = open.order(browser, OpenDemo.to("Corner Bookshop", "12.50"));
    assertThat(consent.url().getAuthority()).isEqualTo(open.demo().server().getAuthority());
    assertThat(consent.text())
        .contains("Handle this payment", "12.50", "Corner Bookshop", "DE89 3704 0044 0532 0130 00")
        .contains("Current account", "Savings");
    assertThat(consent.html().select("input[type=radio]")).hasSize(2);
    TestBrowser.Page receipt = open.decide(browser, consent, "allow");
    assertThat(receipt.heading()).isEqualTo("Payment made");
    assertThat(receipt.text())
        .contains("Corner Bookshop", "€12.50", "€1,507.50", "DE02 1203 0000 0000 2020 51");
    assertThat(receipt.url().getPath()).startsWith("/payments/");
    assertThat(bookings()).startsWith("Corner Bookshop −€12.50");
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
    assertThat(open.kinds()).doesNotContain(MessageKind.OTHER, MessageKind.REFUSED);
  }

  @Test
  @Requirement("RAR-7.1-1")
  void paysFromTheAccountThatIsChosenAtTheBank() {
    TestBrowser.Page consent = open.order(browser, OpenDemo.to("Corner Bookshop", "2000"));
    Map<String, String> savings = Map.of("choice", "allow", "pick", "Savings");
    TestBrowser.Page receipt = browser.submit(consent, "/interaction/consent", savings);
    assertThat(receipt.heading()).isEqualTo("Payment made");
    assertThat(receipt.text()).contains("DE02 5001 0517 0137 0750 30", "€6,000.00");
  }

  @Test
  void paysNothingBeforeThePersonAllowsItAndNothingAfterANo() {
    TestBrowser.Page consent = open.order(browser, OpenDemo.to("Corner Bookshop", "12.50"));
    assertThat(payments()).isZero();
    TestBrowser.Page denied = open.decide(browser, consent, "deny");
    assertThat(denied.heading()).isEqualTo("Nothing was paid");
    assertThat(denied.text())
        .contains("You did not allow this payment")
        .doesNotContain("connected");
    assertThat(payments()).isZero();
    assertThat(browser.open(open.demo().app()).heading()).isEqualTo("Your accounts");
  }

  @Test
  @Requirement("RAR-9-1")
  void isRefusedByTheBankWhereItTriesToPayTheSameAgain() {
    TestBrowser.Page receipt = open.pay(browser, "Corner Bookshop", "12.50");
    TestBrowser.Page refused = browser.submit(receipt, "/pay-again", Map.of());
    assertThat(refused.heading()).isEqualTo("Your bank did not pay a second time");
    assertThat(refused.text()).contains("once");
    assertThat(open.kinds()).contains(MessageKind.PAYMENT_REFUSED);
    assertThat(payments()).isEqualTo(1);
    assertThat(browser.open(receipt.url()).heading()).isEqualTo("Payment made");
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
  }

  @Test
  @Requirement("RAR-9-1")
  void isRefusedBecauseItIsPaidAndNotBecauseTheTokenIsOld() {
    TestBrowser.Page receipt = open.pay(browser, "Corner Bookshop", "12.50");
    open.clock().advance(Duration.ofMinutes(6));
    open.forget();
    TestBrowser.Page refused = browser.submit(receipt, "/pay-again", Map.of());
    assertThat(refused.heading()).isEqualTo("Your bank did not pay a second time");
    assertThat(open.kinds()).containsSubsequence(MessageKind.REFRESH, MessageKind.PAYMENT_REFUSED);
  }

  @Test
  void paysTheSameAgainOnceThePersonAllowedThatToo() {
    open.pay(browser, "Corner Bookshop", "12.50");
    assertThat(open.pay(browser, "Corner Bookshop", "12.50").text()).contains("€1,495.00");
  }

  @Test
  void triesNothingAgainThatAnotherSiteAskedFor() {
    TestBrowser.Page receipt = open.pay(browser, "Corner Bookshop", "12.50");
    Form forged =
        Form.builder()
            .add("token", "0".repeat(64))
            .add("order", receipt.html().select("input[name=order]").val())
            .build();
    assertThat(browser.post(open.demo().app().resolve("/pay-again"), forged).status())
        .isEqualTo(403);
    assertThat(open.kinds()).doesNotContain(MessageKind.PAYMENT_REFUSED);
  }

  @Test
  void paysOnceHoweverOftenTheFormIsSent() {
    TestBrowser.Page form = form();
    Map<String, String> typed = OpenDemo.to("Corner Bookshop", "12.50");
    TestBrowser.Page one = browser.submit(form, "/pay", typed);
    TestBrowser.Page other = browser.submit(form, "/pay", typed);
    URI first = open.decide(browser, one, "allow").url();
    TestBrowser.Page second = open.decide(browser, other, "allow");
    assertThat(second.url()).isEqualTo(first);
    assertThat(second.heading()).isEqualTo("Payment made");
    assertThat(payments()).isEqualTo(1);
    assertThat(open.kinds()).contains(MessageKind.REVOCATION);
    assertThat(browser.submit(form, "/pay", typed).url()).isEqualTo(first);
    assertThat(payments()).isEqualTo(1);
  }

  @Test
  void paysNothingThatTheFormNoLongerSays() {
    TestBrowser.Page form = form();
    TestBrowser.Page early = browser.submit(form, "/pay", OpenDemo.to("Corner Bookshop", "12.50"));
    TestBrowser.Page late = browser.submit(form, "/pay", OpenDemo.to("Corner Bookshop", "13.50"));
    assertThat(open.decide(browser, early, "allow").heading())
        .isEqualTo("That was not this payment");
    assertThat(payments()).isZero();
    assertThat(open.decide(browser, late, "allow").text()).contains("€13.50", "€1,506.50");
  }

  @Test
  void paysForNobodyWhomAnotherPersonAllowedIt() {
    TestBrowser.Page consent = open.order(browser, OpenDemo.to("Corner Bookshop", "12.50"));
    TestBrowser.Page leaving =
        browser.open(URI.create(consent.html().select("a[href*=logout]").attr("abs:href")));
    browser.submit(leaving, leaving.html().select("form").attr("action"), Map.of());
    TestBrowser.Page login = open.order(browser, OpenDemo.to("Corner Bookshop", "12.50"));
    TestBrowser.Page bens = open.logIn(browser, login, open.ben());
    TestBrowser.Page refused = open.decide(browser, bens, "allow");
    assertThat(refused.heading()).isEqualTo("That was not this payment");
    assertThat(payments()).isZero();
    assertThat(open.kinds()).contains(MessageKind.REVOCATION);
  }

  @Test
  @Requirement({"GM-6.3-1", "GM-6.4-1"})
  void showsWhatItMayDoAsTheBankSaysIt() {
    open.pay(browser, "Corner Bookshop", "12.50");
    open.forget();
    TestBrowser.Page page = browser.open(open.demo().app().resolve("/permissions"));
    assertThat(page.heading()).isEqualTo("What Sunny Budget may do");
    assertThat(page.html().select(".grants h2").eachText())
        .containsExactly(
            "See your accounts and their bookings",
            "Pay €12.50 to Corner Bookshop, once: that is done");
    assertThat(page.html().select(".grants p").eachText())
        .allSatisfy(text -> assertThat(text).startsWith("Allowed since "));
    assertThat(open.kinds())
        .containsSubsequence(MessageKind.CLIENT_CREDENTIALS, MessageKind.GRANT, MessageKind.GRANT)
        .doesNotContain(MessageKind.OTHER, MessageKind.REFUSED);
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
  }

  @Test
  void showsThatThePersonEndedAPaymentAtTheBank() {
    open.pay(browser, "Corner Bookshop", "12.50");
    TestBrowser.Page mine = browser.open(open.demo().myGrants());
    Element payment =
        mine.html().select(".access").stream()
            .filter(one -> one.text().contains("Handle this payment"))
            .reduce((_, inner) -> inner)
            .orElseThrow();
    TestBrowser.Page sure =
        browser.open(URI.create(payment.select("a[href*=end]").attr("abs:href")));
    browser.submit(
        sure,
        sure.html().select("form:has(button[value=end])").attr("action"),
        Map.of("choice", "end"));
    TestBrowser.Page page = browser.open(open.demo().app().resolve("/permissions"));
    assertThat(page.html().select(".grants li").eachText())
        .satisfiesExactly(
            connection -> assertThat(connection).contains("Allowed since"),
            ended -> assertThat(ended).contains("Pay €12.50", "Ended"));
  }

  @Test
  void endsWhatWasAllowedForPaymentsWhenItDisconnects() {
    TestBrowser.Page receipt = open.pay(browser, "Corner Bookshop", "12.50");
    open.forget();
    browser.submit(receipt, "/disconnect", Map.of());
    assertThat(open.kinds().stream().filter(kind -> kind == MessageKind.REVOCATION)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.00", "-5", "+5", "12,50", "1.234", "1e3", "12.50 EUR", "ten"})
  void sendsNothingForAnAmountThatIsNone(String amount) {
    TestBrowser.Page again = open.order(browser, OpenDemo.to("Corner Bookshop", amount));
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.html().select("#amount-fault").text())
        .contains(amount.isEmpty() ? "Write how much" : "Write more than 0")
        .contains("for example 12.50");
    assertThat(again.html().select("#creditor").val()).isEqualTo("Corner Bookshop");
    assertThat(again.html().select("#amount").attr("aria-invalid")).isEqualTo("true");
    assertThat(again.html().select("[role=alert]").text()).contains("Nothing was sent");
    assertThat(payments()).isZero();
    TestBrowser.Page consent = browser.submit(again, "/pay", OpenDemo.to("Corner Bookshop", "5"));
    assertThat(open.decide(browser, consent, "allow").heading()).isEqualTo("Payment made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DE89", "DE89 3704 0044 0532 0130 0!", "the usual one"})
  void sendsNothingToAnAccountThatIsNone(String account) {
    Map<String, String> typed =
        Map.of("creditor", "Corner Bookshop", "account", account, "amount", "5");
    TestBrowser.Page again = open.order(browser, typed);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.html().select("#account-fault").text()).contains("whole IBAN");
    assertThat(open.kinds()).doesNotContain(MessageKind.PUSH);
  }

  @Test
  void wantsToKnowWhoGetsTheMoney() {
    assertThat(open.order(browser, OpenDemo.to(" ", "5")).html().select("#creditor-fault").text())
        .contains("Write who");
    assertThat(
            open.order(browser, OpenDemo.to("x".repeat(71), "5"))
                .html()
                .select("#creditor-fault")
                .text())
        .contains("at most 70");
    assertThat(pay("x".repeat(70), "5").heading()).isEqualTo("Payment made");
    assertThat(payments()).isEqualTo(1);
  }

  @Test
  void showsTextOfPeopleAsText() {
    TestBrowser.Page receipt = pay("<script>alert(1)</script>", "1");
    assertThat(receipt.html().select("script")).isEmpty();
    assertThat(receipt.text()).contains("<script>alert(1)</script>");
  }

  @Test
  void saysThatTheAccountDoesNotHoldSoMuch() {
    TestBrowser.Page refused = pay("Corner Bookshop", "1520.01");
    assertThat(refused.heading()).isEqualTo("Not paid");
    assertThat(refused.text()).contains("does not hold that much");
    assertThat(open.kinds()).contains(MessageKind.PAYMENT_DECLINED);
    assertThat(payments()).isZero();
    assertThat(pay("Corner Bookshop", "1520.00").heading()).isEqualTo("Payment made");
  }

  @Test
  void paysNothingThatAnotherSiteAskedFor() {
    TestBrowser.Page form = form();
    Form forged =
        Form.builder()
            .add("token", "0".repeat(64))
            .add("order", form.html().select("input[name=order]").val())
            .add("creditor", "Mallory")
            .add("amount", "1")
            .build();
    URI pay = open.demo().app().resolve("/pay");
    assertThat(browser.post(pay, forged).status()).isEqualTo(403);
    Form otherOrder =
        Form.builder()
            .add("token", form.html().select("form[action=/pay] input[name=token]").val())
            .add("order", "SB" + "A".repeat(16))
            .add("creditor", "Mallory")
            .add("amount", "1")
            .build();
    assertThat(browser.post(pay, otherOrder).status()).isEqualTo(403);
    assertThat(payments()).isZero();
  }

  @Test
  void paysForNobodyWithoutAConnection() {
    try (TestBrowser stranger = open.browser()) {
      TestBrowser.Page home =
          stranger.post(
              open.demo().app().resolve("/pay"), Form.builder().add("amount", "1").build());
      assertThat(home.heading()).startsWith("All your money");
      assertThat(stranger.open(open.demo().app().resolve("/pay")).url().getPath()).isEqualTo("/");
    }
    assertThat(payments()).isZero();
  }

  @Test
  void knowsNoReceiptOfAnotherPerson() {
    URI receipt = pay("Corner Bookshop", "12.50").url();
    try (TestBrowser bens = open.browser()) {
      open.connect(bens, open.ben());
      assertThat(bens.open(receipt).status()).isEqualTo(404);
    }
  }

  private TestBrowser.Page form() {
    return browser.open(open.demo().app().resolve("/pay"));
  }

  private TestBrowser.Page pay(String creditor, String amount) {
    return open.pay(browser, creditor, amount);
  }

  private String bookings() {
    return browser
        .open(open.demo().app().resolve("/accounts/current"))
        .html()
        .select(".bookings li")
        .text();
  }

  private long payments() {
    return open.kinds().stream().filter(kind -> kind == MessageKind.PAYMENT).count();
  }
}
