package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.story.MessageKind;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
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
  void paysAndShowsTheReceipt() {
    TestBrowser.Page receipt = pay("Corner Bookshop", "12.50");
    assertThat(receipt.heading()).isEqualTo("Payment made");
    assertThat(receipt.text()).contains("Corner Bookshop", "€12.50", "€1,507.50");
    assertThat(receipt.url().getPath()).startsWith("/payments/");
    assertThat(bookings()).startsWith("Corner Bookshop −€12.50");
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
  }

  @Test
  void paysOnceHoweverOftenTheFormIsSent() {
    TestBrowser.Page form = form();
    Map<String, String> typed = Map.of("creditor", "Corner Bookshop", "amount", "12.50");
    URI first = browser.submit(form, "/pay", typed).url();
    TestBrowser.Page second = browser.submit(form, "/pay", typed);
    assertThat(second.url()).isEqualTo(first);
    assertThat(second.heading()).isEqualTo("Payment made");
    assertThat(payments()).isEqualTo(1);
    assertThat(browser.open(first).heading()).isEqualTo("Payment made");
    assertThat(payments()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.00", "-5", "+5", "12,50", "1.234", "1e3", "12.50 EUR", "ten"})
  void sendsNothingForAnAmountThatIsNone(String amount) {
    TestBrowser.Page again = pay("Corner Bookshop", amount);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.html().select("#amount-fault").text())
        .contains(amount.isEmpty() ? "Write how much" : "Write more than 0")
        .contains("for example 12.50");
    assertThat(again.html().select("#creditor").val()).isEqualTo("Corner Bookshop");
    assertThat(again.html().select("#amount").attr("aria-invalid")).isEqualTo("true");
    assertThat(again.html().select("[role=alert]").text()).contains("Nothing was sent");
    assertThat(payments()).isZero();
    assertThat(
            browser
                .submit(again, "/pay", Map.of("creditor", "Corner Bookshop", "amount", "5"))
                .heading())
        .isEqualTo("Payment made");
  }

  @Test
  void wantsToKnowWhoGetsTheMoney() {
    assertThat(pay(" ", "5").html().select("#creditor-fault").text()).contains("Write who");
    assertThat(pay("x".repeat(71), "5").html().select("#creditor-fault").text())
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
            .add("order", "A".repeat(43))
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
    return browser.submit(form(), "/pay", Map.of("creditor", creditor, "amount", amount));
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
