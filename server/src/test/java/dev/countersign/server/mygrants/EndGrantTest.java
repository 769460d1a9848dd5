package dev.countersign.server.mygrants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person ends what they allowed. */
class EndGrantTest extends GrantingTest {

  private URI end() {
    return server.url("/my-grants/end");
  }

  private Shown pressed(Browser browser, Shown ask) {
    return new Shown(end(), browser.press(ask, "end"));
  }

  private Reply refreshed(Reply tokens) {
    return server.app().token(server.app().refreshRequest(tokens.string("refresh_token")));
  }

  private static String notice(Shown page) {
    return page.document().select("[role=status]").text();
  }

  @Test
  @Requirement("SP-6.8-4")
  void endsAllThatHangsOnIt() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    String later = refreshed(tokens).string("access_token");
    Shown done = pressed(anna, asked(anna));
    assertThat(done.reply().status()).isEqualTo(200);
    assertThat(notice(done))
        .isEqualTo(
            "Done: The App no longer has this access."
                + " It can take 5 minutes until every service knows.");
    assertThat(done.document().select("section")).isEmpty();
    assertThat(server.logged("detail")).contains("grant ended by its person");
    assertThat(server.logged("client_id")).contains("app");
    assertThat(refreshed(tokens).outcome()).isEqualTo("400 invalid_grant");
    for (String token : List.of(tokens.string("access_token"), later)) {
      assertThat(server.app().userinfo(token).status()).isEqualTo(401);
      assertThat(server.api().introspect(token).text()).contains("\"active\":false");
    }
  }

  @Test
  @Requirement("SP-6.8-4")
  void forgetsThatThePersonAllowedIt() {
    Browser anna = anna();
    allow(anna);
    assertThat(anna.authorize(server.app(), pushed()).status()).isEqualTo(303);
    pressed(anna, asked(anna));
    assertThat(anna.start().isConsent()).isTrue();
  }

  @Test
  void asksFirstAndEndsNothingByLookingAtIt() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    Shown ask = asked(anna);
    assertThat(ask.heading()).isEqualTo("End access for The App?");
    assertThat(ask.document().select("main .asks li").eachText())
        .containsExactly("Know that it is you", "Know your name", "See your accounts");
    assertThat(ask.document().text()).contains("To get access again, The App has to ask you.");
    String query = ask.url().getRawQuery();
    String token = ask.fields().get("token");
    for (String more : List.of("&choice=end", "&choice=end&token=" + token)) {
      assertThat(anna.show(URI.create(end() + "?" + query + more)).heading())
          .isEqualTo("End access for The App?");
    }
    assertThat(refreshed(tokens).status()).isEqualTo(200);
  }

  @Test
  void keepsItIfThePersonWouldRather() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    Reply kept = anna.press(asked(anna), "keep");
    assertThat(kept.status()).isEqualTo(303);
    assertThat(anna.follow(kept).document().select("section")).hasSize(1);
    assertThat(refreshed(tokens).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"A1-33"})
  void isNotTakenWithoutTheTokenOfThisBrowserSessionAndGrant() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    Shown ask = asked(anna);
    server.pass(Duration.ofMinutes(1));
    allow(anna);
    Browser elsewhere = anna();
    List<String> links = anna.show(url()).document().select("a.button").eachAttr("abs:href");
    Params form = ask.pressed("end");
    for (Params forged :
        List.of(
            form.without("token"),
            form.with("token", "\u00e9"),
            form.with("token", elsewhere.show(ask.url()).fields().get("token")),
            form.with("token", anna.show(URI.create(links.getFirst())).fields().get("token")),
            form.without("choice"),
            form.with("choice", "perhaps"))) {
      Reply reply = anna.post(end(), forged);
      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.header("Location")).contains(ask.url().toString());
    }
    assertThat(refreshed(tokens).status()).isEqualTo(200);
    pressed(anna, ask);
    assertThat(refreshed(tokens).status()).isEqualTo(400);
  }

  @Test
  @Requirement({"A1-33"})
  void aPageOfTheSessionBeforeEndsNothing() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    Shown before = asked(anna);
    anna.loggedIn(anna.start(request().with("prompt", "login")));
    assertThat(anna.press(before, "end").status()).isEqualTo(303);
    assertThat(refreshed(tokens).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"A1-33"})
  void nobodyWhoIsLoggedOutEndsAnything() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    Shown ask = asked(anna);
    anna.press(anna.show(server.url("/logout")), "logout");
    Reply reply = anna.press(ask, "end");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(anna.follow(reply).isLogin()).isTrue();
    assertThat(anna.follow(anna.get(ask.url())).isLogin()).isTrue();
    // SameSite=Lax: a form of another site comes without cookies.
    assertThat(browser().post(end(), ask.pressed("end")).status()).isEqualTo(303);
    assertThat(refreshed(tokens).status()).isEqualTo(200);
  }

  @Test
  void knowsNothingOfWhatAnotherPersonAllowed() {
    Browser anna = anna();
    Reply tokens = allow(anna);
    Shown ask = asked(anna);
    Browser ben = ben();
    Shown theirs = ben.show(ask.url());
    assertThat(notice(theirs)).startsWith("There is nothing to end");
    for (String unknown : List.of("?grant=unknown", "?grant=%20", "?grant=", "")) {
      Shown same = ben.show(URI.create(end() + unknown));
      assertThat(same.reply().status()).isEqualTo(theirs.reply().status());
      assertThat(same.reply().text()).isEqualTo(theirs.reply().text());
    }
    Reply posted = ben.post(end(), ask.pressed("end"));
    Reply unknown = ben.post(end(), ask.pressed("end").with("grant", "unknown"));
    assertThat(posted.status()).isEqualTo(unknown.status()).isEqualTo(200);
    assertThat(posted.text()).isEqualTo(unknown.text()).isEqualTo(theirs.reply().text());
    assertThat(server.logged("client_id")).isEmpty();
    assertThat(refreshed(tokens).status()).isEqualTo(200);
  }

  @Test
  void twiceIsNoError() {
    Browser anna = anna();
    allow(anna);
    Shown ask = asked(anna);
    pressed(anna, ask);
    Shown again = pressed(anna, ask);
    assertThat(again.reply().status()).isEqualTo(200);
    assertThat(notice(again))
        .isEqualTo("There is nothing to end: this access is not there any more.");
  }

  @Test
  void letsTheOtherGrantsOfTheClientStand() {
    Browser anna = anna();
    Reply first = allow(anna);
    server.pass(Duration.ofMinutes(1));
    Reply second = allow(anna);
    Shown done = pressed(anna, asked(anna));
    assertThat(done.document().select(".access")).hasSize(1);
    assertThat(refreshed(second).status()).isEqualTo(400);
    assertThat(refreshed(first).status()).isEqualTo(200);
  }

  @Test
  void takesNothingButAForm() {
    Reply json =
        anna()
            .send(
                "POST",
                end(),
                List.of(Map.entry("Content-Type", "application/json")),
                "{}".getBytes(UTF_8));
    assertThat(json.status()).isEqualTo(415);
    assertThat(anna().send("DELETE", end(), List.of(), new byte[0]).status()).isEqualTo(405);
  }
}
