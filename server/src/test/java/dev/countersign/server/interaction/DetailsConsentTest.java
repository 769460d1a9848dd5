package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person is asked about authorization details, and chooses among their own. */
class DetailsConsentTest extends BrowserTest {
  private static final String SALARY = "{\"iban\":\"DE02120300000000202051\"}";
  private static final String SAVINGS = "{\"iban\":\"DE02500105170137075030\"}";
  private static final String ACCOUNTS =
      "{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]%s}";
  private static final String PAYMENT =
      "{\"type\":\"payment_initiation\",\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"1250.5\"},"
          + "\"creditorName\":\"%s\",\"creditorAccount\":{\"iban\":\"DE75512108001245126199\"}%s}";
  private static final String SIGNING =
      "{\"type\":\"document_signing\",\"documentDigests\":[{\"hash\":\"sTOgwOm+474gFj0q0x1iSNspKqbcse4IeiqlDg/HWuI=\",\"label\":\"Contract\"}],\"hashAlgorithmOID\":\"2.16.840.1.101.3.4.2.1\"}";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replaceAll(
            "authorization_details_types: .*",
            "authorization_details_types:"
                + " [payment_initiation, account_information, document_signing]")
        .replaceFirst(
            "(?m)^( *)(claims: \\{name: Anna Example.*)$",
            "$1$2\n$1choices: {accounts: [{label: {en: Salary, de: Gehalt}, value: "
                + "{iban: DE02120300000000202051}}, {label: Savings, value: {iban:"
                + " DE02500105170137075030}}]}");
  }

  private Params asking(String... details) {
    return request()
        .without("scope")
        .and(AuthorizationDetails.NAME, "[" + String.join(",", details) + "]");
  }

  private Shown consent(Browser browser, String... details) {
    Shown shown = browser.start(asking(details));
    return shown.isLogin() ? browser.loggedIn(shown) : shown;
  }

  /** The details of the grant that the answer's code stands for. */
  private String granted(Reply answer) {
    AuthorizationCode code = new AuthorizationCode(Callback.of(answer).get("code"));
    return server
        .store()
        .findCode(code.digest(), server.now())
        .orElseThrow()
        .grant()
        .details()
        .toJson();
  }

  private static List<String> rows(Shown page) {
    return page.document().select("section.detail dl div").eachText();
  }

  @Test
  @Requirement({"RAR-3.1-1"})
  void scopeAndDetailsAreShownTogether() {
    Params both =
        request()
            .with("scope", "openid accounts")
            .and(AuthorizationDetails.NAME, "[" + SIGNING + "]");
    Browser browser = browser();
    Shown page = browser.loggedIn(browser.start(both));
    assertThat(page.document().select(".asks li").eachText()).contains("See your accounts");
    assertThat(page.document().select("section.detail h2").eachText())
        .containsExactly("Sign these documents in your name");
    assertThat(rows(page))
        .containsExactly(
            "Documents Contract sTOgwOm+474gFj0q0x1iSNspKqbcse4IeiqlDg/HWuI=",
            "Fingerprint method SHA-256");
  }

  @Test
  @Requirement({"RAR-3.1-1"})
  void aPersonIsAskedEachTimeAndMayNotBePassedBy() {
    Params both =
        request()
            .with("scope", "openid accounts")
            .and(AuthorizationDetails.NAME, "[" + SIGNING + "]");
    Browser browser = browser();
    Reply answer = browser.press(browser.loggedIn(browser.start(both)), "allow");
    assertThat(granted(answer)).isEqualTo("[" + SIGNING + "]");
    // The scope alone is remembered, the details are not.
    Shown scope = browser.start(request().with("scope", "openid accounts"));
    assertThat(Callback.of(scope.reply()).get("code")).isNotEmpty();
    assertThat(browser.start(both).isConsent()).isTrue();
    Callback silent = Callback.of(browser.start(both.and("prompt", "none")).reply());
    assertThat(silent.get("error")).isEqualTo("consent_required");
  }

  @Test
  @Requirement({"RAR-7.1-1"})
  void whatThePersonChoosesComesIntoTheGrant() {
    Browser browser = browser();
    Shown page =
        consent(browser, ACCOUNTS.formatted(",\"accounts\":[]"), PAYMENT.formatted("Ben", ""));
    assertThat(page.document().select("legend").eachText())
        .containsExactly("Of which accounts?", "Pay from which account?");
    assertThat(page.document().select("label.pick").eachText())
        .startsWith("Salary DE02 1203 0000 0000 2020 51", "Savings DE02 5001 0517 0137 0750 30");
    assertThat(page.document().select("input[checked]")).isEmpty();
    Params form =
        page.pressed("allow").and("pick-0-0", "0").and("pick-0-1", "1").and("pick-1", "1");
    Reply answer = browser.post(page.action(), form);
    assertThat(granted(answer))
        .isEqualTo(
            "["
                + ACCOUNTS.formatted(",\"accounts\":[" + SALARY + "," + SAVINGS + "]")
                + ","
                + PAYMENT.formatted("Ben", ",\"debtorAccount\":" + SAVINGS)
                + "]");
  }

  @Test
  @Requirement({"RAR-7.1-1"})
  void whatTheClientNamesIsPickedAlreadyAndNothingElseIsOffered() {
    Browser browser = browser();
    Shown page =
        consent(
            browser,
            ACCOUNTS.formatted(
                ",\"accounts\":[" + SAVINGS + ",{\"iban\":\"DE75512108001245126199\"}]"));
    assertThat(page.document().select("label.pick").eachText())
        .containsExactly("Savings DE02 5001 0517 0137 0750 30");
    assertThat(page.document().select("input[checked]")).hasSize(1);
    assertThat(page.document().text()).doesNotContain("DE75 5121");
    assertThat(granted(browser.press(page, "allow")))
        .isEqualTo("[" + ACCOUNTS.formatted(",\"accounts\":[" + SAVINGS + "]") + "]");
  }

  @Test
  @Requirement({"RAR-7.1-1"})
  void aYesWithoutAChoiceIsAskedAgainAndKeepsTheOthers() {
    Browser browser = browser();
    Shown page = consent(browser, ACCOUNTS.formatted(""), PAYMENT.formatted("Ben", ""));
    Reply reply = browser.post(page.action(), page.pressed("allow").and("pick-0-1", "1"));
    Shown again = new Shown(page.url(), reply);
    assertThat(again.isConsent()).isTrue();
    assertThat(again.document().title()).startsWith("Problem: ");
    assertThat(again.document().select("[role=alert]").eachText())
        .containsExactly("Please choose one.");
    assertThat(again.document().select("input[checked]").eachAttr("id"))
        .containsExactly("pick-0-1");
    assertThat(again.document().select("input[autofocus]").eachAttr("id"))
        .containsExactly("pick-1-0");
    assertThat(again.document().select("fieldset[aria-describedby=fault-1]")).hasSize(1);
    assertThat(granted(browser.post(again.action(), again.pressed("allow").and("pick-1", "0"))))
        .contains(SAVINGS + "]")
        .contains("\"debtorAccount\":" + SALARY);
  }

  @ParameterizedTest
  @CsvSource({
    "pick-0-2, 2",
    "pick-0-0, 1",
    "pick-0-0, DE75512108001245126199",
    "pick-0, 0",
    "pick-1, 2",
    "pick-1, -1",
    "pick-1-0, 0",
    "pick-2, 0",
    "pick-, 0"
  })
  @Requirement({"RAR-7.1-1"})
  void whatWasNotOfferedIsRefused(String name, String value) {
    Browser browser = browser();
    Shown page = consent(browser, ACCOUNTS.formatted(""), PAYMENT.formatted("Ben", ""));
    Params form = page.pressed("allow").and("pick-0-1", "1");
    Params forged = form.and(name, value);
    Reply reply =
        browser.post(page.action(), name.equals("pick-1") ? forged : forged.and("pick-1", "0"));
    assertThat(new Shown(page.url(), reply).isError(400)).isTrue();
    assertThat(server.logged("detail").orElse("")).doesNotContain(value.repeat(3), "DE75");
  }

  @Test
  @Requirement({"RAR-7.1-1"})
  void whoHasNothingToChooseFromCanOnlyRefuse() {
    Browser browser = browser();
    Shown login = browser.start(asking(PAYMENT.formatted("Ben", "")));
    Shown page = browser.follow(browser.logIn(login, People.BEN, People.BENS_PASSWORD));
    assertThat(page.document().select("[role=alert]").text()).contains("nothing of yours");
    assertThat(page.document().select("button").eachAttr("value")).containsExactly("deny");
    Reply forged = browser.post(page.action(), page.pressed("deny").with("choice", "allow"));
    assertThat(new Shown(page.url(), forged).document().select("[role=alert]")).hasSize(1);
    assertThat(Callback.of(browser.press(page, "deny")).get("error")).isEqualTo("access_denied");
  }

  @Test
  void aNoNeedsNoChoice() {
    Browser browser = browser();
    Shown page = consent(browser, PAYMENT.formatted("Ben", ""));
    assertThat(Callback.of(browser.press(page, "deny")).get("error")).isEqualTo("access_denied");
  }

  @Test
  @Requirement({"A1-33"})
  void aFormCountsForWhatItShowedAlone() {
    Browser browser = browser();
    Shown small = consent(browser, SIGNING);
    Shown large = consent(browser, SIGNING.replace("Contract", "Deed"));
    Reply reply = browser.post(large.action(), large.pressed("allow").with("token", token(small)));
    assertThat(reply.header("Location")).contains(large.url().toString());
  }

  private static String token(Shown page) {
    return page.document().select("input[name=token]").val();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</dd></dl></form><form action='https://evil.example'>",
        "\\\" onmouseover=\\\"alert(1)",
        "<!--",
        "&lt;b&gt;",
        "${7*7}@raw",
        "javascript:alert(1)"
      })
  @Requirement({"RAR-12-3"})
  void whatAClientSendsIsTextAndNeverMarkup(String name) {
    Browser browser = browser();
    Shown page = consent(browser, PAYMENT.formatted(name, ""));
    assertThat(rows(page)).contains("Payee " + name.replace("\\\"", "\""));
    assertThat(page.document().select("form")).hasSize(1);
    assertThat(page.document().select("script, b, [onmouseover]")).isEmpty();
    assertThat(page.document().select("button")).hasSize(2);
  }

  @Test
  @Requirement({"RAR-12-3"})
  void whatCannotBeSeenIsReplacedByASign() {
    Browser browser = browser();
    Shown page = consent(browser, PAYMENT.formatted("Ben\\u202Egnp\\u0000\\u200B", ""));
    assertThat(rows(page)).contains("Payee Ben\uFFFDgnp\uFFFD\uFFFD");
    assertThat(page.reply().text()).doesNotContain("\u202E", "\u200B", "\u0000");
    // It is shown otherwise, not changed: the resource server gets what the client sent.
    Reply answer = browser.post(page.action(), page.pressed("allow").and("pick-0", "0"));
    assertThat(granted(answer)).contains("Ben\u202Egnp\\u0000\u200B");
  }

  @Test
  @Requirement({"RAR-13"})
  void nothingOfItIsInAddressesReferrersOrTheLog() {
    Browser browser = browser();
    Shown page = consent(browser, PAYMENT.formatted("Benedikt Secret", ""));
    assertThat(page.reply().header("Referrer-Policy")).contains("no-referrer");
    assertThat(page.reply().header("Cache-Control")).contains("no-store");
    Reply answer = browser.post(page.action(), page.pressed("allow").and("pick-0", "0"));
    assertThat(page.url().toString() + Callback.of(answer).url())
        .doesNotContain("Benedikt", "DE7551", "DE0212");
    assertThat(server.log().stream().map(Object::toString).toList().toString())
        .doesNotContain("Benedikt", "DE7551", "DE0212", "1250.5");
    assertThat(
            server.log().stream()
                .map(one -> String.valueOf(one.getKeyValuePairs()))
                .toList()
                .toString())
        .doesNotContain("Benedikt", "DE7551", "DE0212", "1250.5");
  }
}
