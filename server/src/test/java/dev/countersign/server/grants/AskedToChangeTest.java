package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the consent page says of a grant that a yes changes: what is new, what stays, what ends. */
@Requirement({"RAR-3.1-1"})
class AskedToChangeTest extends ManagedGrantsTest {
  private static final String ACCOUNTS =
      "{\"type\":\"account_information\",\"actions\":[\"%s\"],\"accounts\":[]}";
  private static final String PAYMENT =
      "{\"type\":\"payment_initiation\",\"actions\":[\"initiate\"],"
          + "\"instructedAmount\":{\"currency\":\"EUR\",\"amount\":\"5\"},"
          + "\"creditorName\":\"Ben\",\"creditorAccount\":{\"iban\":\"DE75512108001245126199\"}}";
  private static final String STAYS = "What The App may do already, and still may";
  private static final String ENDS = "What The App may do now, but no longer if you allow this";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replaceFirst(
            "(?m)^( *)(claims: \\{name: Anna Example.*)$",
            "$1$2\n$1choices: {accounts: [{label: Salary, value: {iban: DE02120300000000202051}},"
                + " {label: Savings, value: {iban: DE02500105170137075030}}]}");
  }

  private Params details(String... objects) {
    return request()
        .without("scope")
        .with("authorization_details", "[" + String.join(",", objects) + "]");
  }

  /** Anna is asked, in a browser of her own. */
  private Shown asked(Browser browser, Params request) {
    Shown shown = browser.start(request);
    return shown.isLogin() ? browser.loggedIn(shown) : shown;
  }

  /** The grant that Anna makes, who picks her first account wherever she has to. */
  private String made(Params request) {
    Browser browser = browser();
    Shown page = asked(browser, create(request.with("prompt", "consent")));
    Params form = page.pressed("allow");
    for (String name : page.document().select("input[type=radio]").eachAttr("name")) {
      form = form.with(name, "0");
    }
    for (String name : page.document().select("input[type=checkbox]").eachAttr("name")) {
      form = name.endsWith("-0") ? form.with(name, "0") : form;
    }
    Reply tokens = redeemed(Callback.of(browser.post(page.action(), form)));
    return tokens.string("grant_id");
  }

  private static List<String> existing(Shown page) {
    return page.document()
        .select(".existing > h2, .existing li, .existing h3, .existing dl div")
        .eachText();
  }

  private static List<String> asks(Shown page) {
    return page.document().select(".asks li").eachText();
  }

  private static List<String> marked(Shown page) {
    return page.document().select("section.detail h2").eachText();
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void whatIsAddedToAGrantOfScopeAloneSaysThatTheScopeStays() {
    String id =
        made(
            scope("openid accounts profile")
                .with("claims", "{\"userinfo\":{\"email\":null,\"name\":null}}"));
    Shown page = asked(browser(), merge(details(ACCOUNTS.formatted("list_accounts")), id));
    assertThat(marked(page)).containsExactly("See information about your accounts new");
    assertThat(existing(page))
        .containsExactly(
            STAYS,
            "Know that it is you",
            "See your accounts",
            "Know your name",
            "Know your email address");
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void aScopeThatIsAddedIsMarkedAndWhatIsAskedAgainStandsOnce() {
    String id = made(scope("openid accounts"));
    Shown page = asked(browser(), merge(scope("accounts payments"), id));
    assertThat(asks(page))
        .containsExactly("See your accounts allowed before", "Pay from your accounts new");
    assertThat(existing(page)).containsExactly(STAYS, "Know that it is you");
  }

  @Test
  @Requirement({"GM-5.2-5"})
  void aReplacementSaysWhichScopeClaimsAndResourcesEnd() {
    String id =
        made(
            scope("openid accounts payments")
                .with("claims", "{\"id_token\":{\"email\":null}}")
                .and("resource", TestServer.API)
                .and("resource", TestServer.REPORTS));
    Shown less = asked(browser(), replace(scope("openid accounts"), id));
    assertThat(existing(less))
        .containsExactly(
            ENDS,
            "Pay from your accounts",
            "Know your email address",
            "Where " + TestServer.REPORTS);
    String here = made(scope("openid accounts payments"));
    assertThat(existing(asked(browser(), replace(scope("openid accounts"), here))))
        .containsExactly(ENDS, "Pay from your accounts");
    assertThat(existing(asked(browser(), replace(scope("openid accounts payments"), here))))
        .isEmpty();
  }

  @Test
  @Requirement({"GM-5.2-5"})
  void aScopeThatOpensAClaimKeepsIt() {
    String id = made(scope("openid accounts").with("claims", "{\"userinfo\":{\"email\":null}}"));
    assertThat(existing(asked(browser(), replace(scope("openid email"), id))))
        .containsExactly(ENDS, "See your accounts");
  }

  @Test
  @Requirement({"GM-5.2-4"})
  void whatThePersonIsStillToChooseDoesNotMakeADetailNew() {
    String id = made(details(ACCOUNTS.formatted("list_accounts")));
    Browser browser = browser();
    Shown same = asked(browser, merge(details(ACCOUNTS.formatted("list_accounts")), id));
    assertThat(marked(same)).containsExactly("See information about your accounts allowed before");
    assertThat(existing(same))
        .containsExactly(
            STAYS,
            "See information about your accounts",
            "What Which accounts there are",
            "Accounts DE02 1203 0000 0000 2020 51");
    String another =
        ACCOUNTS
            .formatted("list_accounts")
            .replace("[]", "[{\"iban\":\"DE02500105170137075030\"}]");
    assertThat(marked(asked(browser, merge(details(another), id))))
        .containsExactly("See information about your accounts new");
    assertThat(marked(asked(browser, merge(details(ACCOUNTS.formatted("read_balances")), id))))
        .containsExactly("See information about your accounts new");
  }

  @Test
  @Requirement({"GM-5.2-5", "RAR-5-1"})
  void whatMayBeUsedOnceAndIsAllowedAnewIsMarked() {
    String id = made(details(PAYMENT));
    Browser browser = browser();
    Shown again = asked(browser, replace(details(PAYMENT), id));
    assertThat(again.document().select("section.detail .again").text()).isEqualTo("once more");
    assertThat(marked(again)).hasSize(1).allMatch(title -> title.endsWith(" once more"));
    assertThat(existing(again)).hasSizeGreaterThan(2).startsWith(ENDS);
    assertThat(marked(asked(browser, merge(details(PAYMENT), id))))
        .allMatch(title -> title.endsWith(" once more"));
    assertThat(marked(asked(browser, replace(details(PAYMENT.replace("\"5\"", "\"6\"")), id))))
        .noneMatch(title -> title.contains("once more"));
    assertThat(marked(asked(browser, create(details(PAYMENT)))))
        .noneMatch(title -> title.contains("once more"));
    String reading = made(details(ACCOUNTS.formatted("list_accounts")));
    Params anew = replace(details(ACCOUNTS.formatted("list_accounts")), reading);
    assertThat(marked(asked(browser, anew))).noneMatch(title -> title.contains("once more"));
  }

  @Test
  @Requirement({"A1-33"})
  void aFormDoesNotCountWhenTheScopeOfTheGrantHasChangedSince() {
    String id = made(scope("openid accounts"));
    Browser browser = browser();
    Shown page = asked(browser, merge(details(ACCOUNTS.formatted("list_accounts")), id));
    Params form = page.pressed("allow").with("pick-0-0", "0");
    redeemed(allowed(merge(scope("payments"), id)));
    Reply answer = browser.post(page.action(), form);
    assertThat(answer.header("Location")).contains(page.url().toString());
    Shown anew = browser.show(page.url());
    assertThat(existing(anew)).contains("Pay from your accounts");
    Params now = anew.pressed("allow").with("pick-0-0", "0");
    assertThat(Callback.of(browser.post(anew.action(), now)).get("code")).isNotEmpty();
  }
}
