package dev.countersign.server.mygrants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.GrantFilter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of what they allowed. */
class MyGrantsTest extends GrantingTest {
  private static final String NAME = "The <script>alert(1)</script> & \"App\" </h2>";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml).replace("name: The App\n", "name: '" + NAME + "'\n")
        + "lifetimes: {refresh_token: 90d}\npages: {time_zone: Europe/Berlin}\n";
  }

  private static String fact(Element access, String label) {
    return access.select("dt:containsOwn(" + label + ") ~ dd").text();
  }

  @Test
  void saysThatThereIsNothing() {
    Shown page = anna().show(url());
    assertThat(page.reply().status()).isEqualTo(200);
    assertThat(page.document().select("main").text())
        .contains("No application has access", "You are logged in as anna");
    assertThat(page.document().select("section, main a.button")).isEmpty();
  }

  @Test
  void saysWhoMayDoWhatWhereSinceWhenAndUntilWhen() {
    Browser anna = anna();
    allow(
        anna,
        request()
            .with("scope", "openid profile payments offline_access")
            .with("claims", "{\"userinfo\":{\"email\":null,\"name\":null}}"));
    Document page = anna.show(url()).document();
    assertThat(page.select("h2").eachText()).containsExactly(NAME);
    assertThat(page.select("main .asks li").eachText())
        .containsExactly(
            "Know that it is you",
            "Know your name",
            "Pay from your accounts",
            "Know your email address");
    Element access = page.selectFirst(".access");
    assertThat(fact(access, "Where")).isEqualTo(TestServer.API);
    String now = page.selectFirst("dt:containsOwn(Since) ~ dd").text();
    assertThat(now).matches("[A-Z][a-z]+ \\d+, \\d{4}, \\d\\d:\\d\\d CES?T");
    assertThat(fact(access, "Last used")).isEqualTo(now);
    assertThat(fact(access, "How long")).startsWith("Until ").isNotEqualTo("Until " + now);
    assertThat(page.text()).doesNotContain("Last changed");
  }

  @Test
  void saysWhenItWasLastUsed() {
    Browser anna = anna();
    String refresh = allow(anna).string("refresh_token");
    String given = fact(anna.show(url()).document().selectFirst(".access"), "Last used");
    server.pass(Duration.ofHours(2));
    server.app().token(server.app().refreshRequest(refresh));
    Element access = anna.show(url()).document().selectFirst(".access");
    assertThat(fact(access, "Since")).isEqualTo(given);
    assertThat(fact(access, "Last used")).isNotEqualTo(given);
  }

  @Test
  void leavesOutWhatIsOver() {
    Browser anna = anna();
    allow(anna);
    server.pass(Duration.ofDays(90));
    Shown login = anna.show(url());
    assertThat(login.isLogin()).isTrue();
    assertThat(anna.loggedIn(login).document().select("section")).isEmpty();
  }

  @Test
  void showsAllThatOneClientMayDoTheLatestFirst() {
    Browser anna = anna();
    for (int i = 0; i < 5; i++) {
      String scope = i == 4 ? "openid payments" : "openid accounts";
      allow(anna, request().with("scope", scope).with("prompt", "consent"));
      server.pass(Duration.ofMinutes(1));
    }
    Document page = anna.show(url()).document();
    assertThat(page.select("h2")).hasSize(1);
    assertThat(page.select("section > .access")).hasSize(3);
    assertThat(page.select("section > .access").first().text()).contains("Pay from your accounts");
    assertThat(page.select("section > .access").last().text()).doesNotContain("Pay from");
    assertThat(page.select("summary").text()).isEqualTo("2 more permissions");
    assertThat(page.select("details > .access")).hasSize(2);
    assertThat(page.select("a.button").eachAttr("aria-label"))
        .allMatch(label -> label.startsWith("End access for " + NAME + ", allowed on "))
        .doesNotHaveDuplicates();
  }

  @Test
  void sortsClientsByName() {
    Browser anna = anna();
    allow(anna);
    String pushed =
        server.other().push(server.other().authorizationRequest()).string("request_uri");
    String location =
        anna.press(anna.open(server.other(), pushed), "allow").header("Location").orElseThrow();
    String code = location.replaceFirst(".*[?&]code=([^&]+).*", "$1");
    server.other().token(server.other().codeRequest(code));
    assertThat(anna.show(url()).document().select("h2").eachText())
        .containsExactly(NAME, "The Other App");
  }

  @Test
  void showsNobodyWhatAnotherPersonAllowed() {
    allow(anna());
    assertThat(ben().show(url()).document().select("section")).isEmpty();
  }

  @Test
  void goesOnWhereThereAreMany() {
    Browser anna = anna();
    for (int i = 0; i < 102; i++) {
      server.app().tokens();
    }
    Shown first = anna.show(url());
    assertThat(first.document().select("main .more a").eachText()).containsExactly("Show more");
    URI next = URI.create(first.document().select("main .more a").first().absUrl("href"));
    Shown second = anna.show(next);
    assertThat(second.document().select("main .more a").eachText())
        .containsExactly("Back to the beginning");
    Set<String> shown = new HashSet<>(first.document().select("a.button").eachAttr("href"));
    assertThat(shown).hasSize(100);
    shown.addAll(second.document().select("a.button").eachAttr("href"));
    assertThat(shown).hasSize(102);
    assertThat(
            server
                .store()
                .findGrants(GrantFilter.of(TestServer.ANNA), Optional.empty(), 1000, server.now()))
        .hasSize(102);
  }

  @Test
  void beginsAnewForAPlaceThatItDoesNotKnow() {
    Browser anna = anna();
    allow(anna);
    for (String place : List.of("?after=%20", "?after=", "?x=y")) {
      assertThat(anna.show(URI.create(url() + place)).document().select("section")).hasSize(1);
    }
    assertThat(anna.show(URI.create(url() + "?after=a&after=b")).isError(400)).isTrue();
  }

  @Test
  @Requirement({"A1-37"})
  void escapesTheNameOfTheClient() {
    Browser anna = anna();
    allow(anna);
    Shown list = anna.show(url());
    Shown ask = asked(anna);
    assertThat(list.document().select("h2").text()).isEqualTo(NAME);
    assertThat(ask.heading()).isEqualTo("End access for " + NAME + "?");
    Shown done = new Shown(ask.action(), anna.press(ask, "end"));
    assertThat(done.document().select("[role=status]").text()).contains(NAME);
    for (Shown page : List.of(list, ask, done)) {
      assertThat(page.document().select("script, h1 > *, h2 > *")).isEmpty();
    }
  }

  @Test
  @Requirement({"BCP-4.2", "BCP-4.16"})
  void carriesTheHeadersOfEveryPage() {
    Browser anna = anna();
    allow(anna);
    for (Reply reply :
        List.of(browser().get(url()), anna.get(url()), asked(anna).reply(), ben().get(url()))) {
      assertThat(reply.header("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'")
          .endsWith("form-action 'self'");
      assertThat(reply.header("X-Frame-Options")).contains("DENY");
      assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
      assertThat(reply.header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void speaksTheLanguageOfTheBrowser() {
    Browser anna = anna();
    allow(anna);
    Reply reply = anna.send("GET", url(), List.of(Map.entry("Accept-Language", "de")), new byte[0]);
    Document page = new Shown(url(), reply).document();
    assertThat(page.select("h1").text()).isEqualTo("Wer Zugriff hat");
    assertThat(page.select("a.button").text()).isEqualTo("Zugriff beenden");
    assertThat(fact(page.selectFirst(".access"), "Seit"))
        .matches("\\d+\\. [A-Z]\\p{L}+ \\d{4}, \\d\\d:\\d\\d MES?Z");
  }

  @Test
  void isThereOnlyIfTheOperatorWantsIt(@TempDir Path folder) {
    try (TestServer without =
        new TestServer(
            folder,
            yaml -> configuration(yaml).replace("pages: {", "pages: {my_grants: false, "))) {
      Browser browser = new Browser(without);
      for (String path : List.of("/my-grants", "/my-grants/login", "/my-grants/end")) {
        assertThat(browser.get(without.url(path)).status()).isEqualTo(404);
      }
      assertThat(browser.startLoggedIn().reply().text()).doesNotContain("my-grants");
      assertThat(browser.get(without.url("/logout")).text()).doesNotContain("my-grants");
    }
    Browser browser = browser();
    assertThat(browser.startLoggedIn().document().select("main a").eachAttr("href"))
        .contains("/tenant/my-grants");
  }
}
