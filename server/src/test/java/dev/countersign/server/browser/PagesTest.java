package dev.countersign.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every page is like, and what the pages say. */
class PagesTest extends BrowserTest {
  private static final String NAME = "The <script>alert(1)</script> & \"App\" </h1>";
  private static final String EVIL = "\"><script>alert(2)</script><img src=x onerror=alert(3)>'";
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'; form-action 'self'";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace("name: The App\n", "name: '" + NAME + "'\n")
        .replace("'http://127.0.0.1/callback'", "'http://127.0.0.1/callback', 'http://[::1]/cb'");
  }

  /** A login, a consent and two error pages. */
  private List<Shown> pages() {
    Browser browser = browser();
    Shown login = browser.start();
    Shown consent = browser.loggedIn(login);
    Shown error = browser().show(login.url());
    URI stylesheet = server.url("/pages.css");
    Shown wrongVerb = new Shown(stylesheet, browser.post(stylesheet, Params.of()));
    assertThat(login.isLogin() && consent.isConsent() && error.isError(400)).isTrue();
    assertThat(wrongVerb.isError(405)).isTrue();
    return List.of(login, consent, error, wrongVerb);
  }

  @Test
  @Requirement({"BCP-4.2", "BCP-4.16", "SP-5.2.3-1", "ATT-20", "A1-36", "A1-40"})
  void carryTheHeadersThatProtectThem() {
    for (Shown page : pages()) {
      Reply reply = page.reply();
      assertThat(reply.header("Content-Security-Policy").orElseThrow()).startsWith(POLICY);
      protectedHeaders(reply);
      assertThat(reply.header("Content-Type")).contains("text/html; charset=utf-8");
    }
  }

  private static void protectedHeaders(Reply reply) {
    assertThat(reply.header("X-Frame-Options")).contains("DENY");
    assertThat(reply.header("Cross-Origin-Opener-Policy")).isEmpty();
    assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
    assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("Strict-Transport-Security"))
        .contains("max-age=63072000; includeSubDomains; preload");
  }

  @Test
  @Requirement({"BCP-4.2", "ATT-11", "ATT-20", "SP-6.5", "A1-40"})
  void redirectsTellNobodyWhereTheyCameFrom() {
    Browser browser = browser();
    Reply opened = browser.authorize(server.app(), pushed());
    Shown login = browser.follow(opened);
    Reply notTaken = browser.post(login.action(), login.pressed("login").without("token"));
    Reply cancelled = browser.press(login, "cancel");
    Reply silent = browser.start(request().with("prompt", "none")).reply();
    Reply allowed = browser.press(browser.startLoggedIn(), "allow");
    Reply posted =
        browser.post(
            server.url("/authorize"), Params.of("client_id", "app", "request_uri", pushed()));
    for (Reply redirect : List.of(opened, notTaken, cancelled, silent, allowed, posted)) {
      assertThat(redirect.status()).isEqualTo(303);
      protectedHeaders(redirect);
    }
  }

  @Test
  @Requirement({"BCP-4.2", "ATT-20"})
  void loadNothingFromElsewhereAndNeedNoScript() {
    for (Shown page : pages()) {
      assertThat(page.document().select("script, iframe, img, object, embed, style")).isEmpty();
      assertThat(page.document().select("[style], [onclick], [onload]")).isEmpty();
      assertThat(page.document().select("a[href]").eachAttr("href"))
          .allMatch(Set.of("/tenant/logout", "/tenant/my-grants")::contains);
      assertThat(page.document().select("[src], link[href]"))
          .extracting(link -> link.attr("href"))
          .allMatch(address -> address.matches("/tenant/pages([.]css|-logo)[?]v=[0-9a-f]{16}"))
          .hasSize(2);
      for (Element form : page.document().select("form")) {
        assertThat(form.absUrl("action")).startsWith("https://as.example.com/tenant/interaction/");
      }
    }
    Reply css = server.get(server.url("/pages.css"));
    assertThat(css.status()).isEqualTo(200);
    assertThat(css.header("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(css.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(css.text()).contains("body").doesNotContain("@import").doesNotContain("url(");
  }

  @Test
  void haveAnIconWithoutALogoToo() {
    Reply icon = server.get(server.url("/pages-logo"));
    assertThat(icon.status()).isEqualTo(200);
    assertThat(icon.header("Content-Type")).contains("image/svg+xml");
    assertThat(icon.text()).startsWith("<svg ").contains(server.config().pages().accent().hex());
    for (Shown page : pages()) {
      assertThat(page.document().select("link[rel=icon]").attr("href")).contains("/pages-logo");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com/callback, ''",
    "http://127.0.0.1:5000/callback, ' http://127.0.0.1:5000'",
    "http://[::1]:5000/cb, ' http:'"
  })
  void letTheRedirectAfterAFormGoToTheClientAndOn(String redirectUri, String source) {
    Browser browser = browser();
    Shown login = browser.start(request().with("redirect_uri", redirectUri));
    Shown consent = browser.loggedIn(login);
    Shown error = browser().show(login.url());
    // Cancelled at login or decided later, and whatever the client then redirects to: browsers
    // take it all for a part of the form's own navigation.
    for (Shown page : List.of(login, consent)) {
      assertThat(page.reply().header("Content-Security-Policy"))
          .contains(POLICY + " https:" + source);
    }
    assertThat(error.reply().header("Content-Security-Policy")).contains(POLICY);
  }

  @Test
  @Requirement({"A1-37", "IA-2.7-2"})
  void escapeTheNameOfTheClient() {
    Browser browser = browser();
    Shown login = browser.start();
    Shown consent = browser.loggedIn(login);
    assertThat(login.heading()).isEqualTo("Log in to go on to " + NAME);
    assertThat(consent.heading()).isEqualTo(NAME + " asks for access");
    for (Shown page : List.of(login, consent)) {
      assertThat(page.document().select("script, h1 > *")).isEmpty();
      assertThat(page.reply().text()).doesNotContain("<script");
    }
  }

  @Test
  @Requirement({"A1-37", "IA-2.7-2", "IA-2.7-3"})
  void escapeTheHintAndWhatWasTyped() {
    Browser browser = browser();
    Shown hinted = browser.start(request().with("login_hint", EVIL));
    Shown typed =
        new Shown(hinted.action(), browser.logIn(hinted, EVIL + "typed", "some-pass-phrase"));
    assertThat(hinted.document().select("input[name=username]").val()).isEqualTo(EVIL);
    assertThat(typed.document().select("input[name=username]").val()).isEqualTo(EVIL + "typed");
    for (Shown page : List.of(hinted, typed)) {
      assertThat(page.isLogin()).isTrue();
      assertThat(page.document().select("script, img, [onerror]")).isEmpty();
      assertThat(page.reply().text()).doesNotContain("<script").doesNotContain("<img");
    }
  }

  @Test
  @Requirement({"A1-37", "OA-2"})
  void sayNothingOfTheRequestWhenItIsRefused() {
    String marker = "xyzzy<b>'\"%3Cscript%3E";
    String parameters =
        Params.of("client_id", marker, "request_uri", "urn:" + marker, marker, marker, "state", "x")
            .encode();
    List<URI> urls =
        List.of(
            URI.create(server.url("/authorize") + "?" + parameters),
            URI.create(server.url("/authorize") + "?error_description=" + "xyzzy&state=xyzzy"),
            URI.create(server.url("/interaction") + "?interaction=xyzzy&message=xyzzy"));
    for (URI url : urls) {
      Shown page = browser().show(url);
      assertThat(page.isError(400)).isTrue();
      assertThat(page.reply().text()).doesNotContain("xyzzy");
      assertThat(page.reply().response().headers().map().toString()).doesNotContain("xyzzy");
    }
    Params form = Params.of("interaction", "xyzzy", "token", "xyzzy", "xyzzy", "xyzzy");
    for (String path : List.of("/interaction/login", "/interaction/consent", "/authorize")) {
      Reply reply = browser().post(server.url(path), form);
      assertThat(new Shown(server.url(path), reply).isError(400)).isTrue();
      assertThat(reply.text()).doesNotContain("xyzzy");
    }
  }

  @Test
  @Requirement({"SP-5.3.2.2-13", "SP-6.5", "ATT-11"})
  void showWhatAPersonMustKnowToDecide() {
    Browser browser = browser();
    Params request = request().with("scope", "openid profile accounts payments offline_access");
    Shown consent = browser.loggedIn(browser.start(request));
    String text = consent.document().text();
    assertThat(text).contains(NAME, "You are logged in as anna", "app.example.com");
    assertThat(text).contains("https://api.example.com");
    assertThat(consent.document().select("li").eachText())
        .containsExactly(
            "Know that it is you", "Know your name", "See your accounts", "Pay from your accounts");
    assertThat(text).contains("How long Until you or " + NAME + " end it");
    Shown others =
        browser.open(
            server.other(),
            server.other().push(server.other().authorizationRequest()).string("request_uri"));
    assertThat(others.document().text())
        .contains("The Other App asks for access", "other.example.com")
        .contains("How long For now only, 5 minutes at most");
    assertThat(others.document().select("li").eachText())
        .containsExactly("Know that it is you", "See your accounts");
  }

  @Test
  void pointOutAFaultToThoseWhoCannotSeeIt() {
    Browser browser = browser();
    Shown login = browser.start();
    assertThat(login.document().select("[aria-invalid], [aria-describedby]")).isEmpty();
    assertThat(login.document().select("input[autofocus]").eachAttr("name"))
        .containsExactly("username");
    Shown wrong = new Shown(login.action(), browser.logIn(login, "anna", "x"));
    String fault = wrong.document().select("[role=alert]").attr("id");
    assertThat(wrong.document().title()).startsWith("Problem: Log in");
    assertThat(wrong.document().select("input[aria-invalid=true][aria-describedby=" + fault + "]"))
        .hasSize(2);
    assertThat(wrong.document().select("input[autofocus]").eachAttr("name"))
        .containsExactly("password");
  }

  @Test
  void haveLandmarksOneHeadingAndALabelForEachField() {
    for (Shown page : pages()) {
      assertThat(page.document().select("body > header, body > main, body > footer")).hasSize(3);
      assertThat(page.document().select("h1")).hasSize(1);
      assertThat(page.document().select("html").attr("lang")).isEqualTo("en");
      assertThat(page.document().title()).isNotEmpty();
      for (Element input : page.document().select("input:not([type=hidden])")) {
        assertThat(page.document().select("label[for=" + input.id() + "]")).hasSize(1);
        assertThat(input.attr("autocomplete")).isNotEmpty();
      }
    }
  }
}
