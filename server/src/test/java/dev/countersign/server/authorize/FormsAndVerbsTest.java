package dev.countersign.server.authorize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.refusal.RequestEdge;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs, bodies and other origins at the addresses that browsers go to. */
class FormsAndVerbsTest extends BrowserTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private Shown post(String path, String contentType, byte[] body) {
    URI url = server.url(path);
    List<Map.Entry<String, String>> headers = List.of(Map.entry("Content-Type", contentType));
    return new Shown(url, browser().send("POST", url, headers, body));
  }

  private byte[] good() {
    return Params.of("client_id", "app", "request_uri", pushed()).encode().getBytes(UTF_8);
  }

  @Test
  @Requirement({"SP-5.3.2.2-11"})
  void takesAFormAndGoesOnByGet() {
    Browser browser = browser();
    String requestUri = pushed();
    Params form = Params.of("client_id", "app", "request_uri", requestUri, "state", "ignored");
    Reply posted = browser.post(server.url("/authorize"), form);
    assertThat(posted.status()).isEqualTo(303);
    assertThat(posted.header("Location"))
        .contains(browser.authorizationUrl(server.app(), requestUri).toString());
    Shown login = browser.follow(browser.get(URI.create(posted.header("Location").orElseThrow())));
    assertThat(login.isLogin()).isTrue();
  }

  @Test
  void aFormFromAnotherSiteDoesNotTakeTheBrowsersKeyAway() {
    Browser browser = browser();
    Shown login = browser.start();
    // SameSite=Lax: no cookie of ours comes along with it.
    String key = browser.cookie(Browser.KEY);
    browser.drop(Browser.KEY);
    Params form = Params.of("client_id", "app", "request_uri", pushed());
    Reply posted = browser.post(server.url("/authorize"), form);
    assertThat(posted.all("Set-Cookie")).isEmpty();
    browser.plant(Browser.KEY, key);
    assertThat(browser.loggedIn(login).isConsent()).isTrue();
  }

  @Test
  @Requirement({"SP-5.3.2.2-3", "OA-2"})
  void refusesInAFormWhatItRefusesInTheAddress() {
    assertThat(post("/authorize", FORM, good()).reply().status()).isEqualTo(303);
    assertThat(post("/authorize", FORM, request().encode().getBytes(UTF_8)).isError(400)).isTrue();
    byte[] unknown = "client_id=app&request_uri=urn:x".getBytes(UTF_8);
    assertThat(post("/authorize", FORM, unknown).isError(400)).isTrue();
    byte[] twice = (new String(good(), UTF_8) + "&client_id=app").getBytes(UTF_8);
    assertThat(post("/authorize", FORM, twice).isError(400)).isTrue();
    URI mixed = URI.create(server.url("/authorize") + "?client_id=other-app");
    Params form = Params.of("client_id", "app", "request_uri", pushed());
    assertThat(new Shown(mixed, browser().post(mixed, form)).isError(400)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/authorize", "/interaction/login", "/interaction/consent"})
  void refusesABodyThatIsNoFormOnAPage(String path) {
    for (String type : List.of("application/json", "text/plain", "multipart/form-data")) {
      assertThat(post(path, type, good()).isError(415)).as(type).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/authorize,'GET, POST'",
    "/interaction,GET",
    "/interaction/login,POST",
    "/interaction/consent,POST",
    "/pages.css,'GET, HEAD'"
  })
  void refusesAnotherVerbOnAPage(String path, String allowed) {
    URI url = server.url(path);
    for (String verb : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
      if (!List.of(allowed.split(", ", -1)).contains(verb)) {
        Shown page = new Shown(url, browser().send(verb, url, List.of(), new byte[0]));
        assertThat(page.isError(405)).as(verb).isTrue();
        assertThat(page.reply().header("Allow")).contains(allowed);
        assertThat(server.logged("status")).contains("405");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/authorize", "/interaction/login", "/interaction/consent"})
  void refusesABodyOverTheLimitOnAPage(String path) {
    String rest = "x".repeat(RequestEdge.MAX_BODY - "&pad=".length() - good().length);
    byte[] atLimit = (new String(good(), UTF_8) + "&pad=" + rest).getBytes(UTF_8);
    assertThat(atLimit).hasSize(RequestEdge.MAX_BODY);
    assertThat(post(path, FORM, atLimit).reply().status()).isNotEqualTo(413);
    byte[] over = (new String(atLimit, UTF_8) + "x").getBytes(UTF_8);
    assertThat(post(path, FORM, over).isError(413)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/authorize", "/interaction/login", "/interaction/consent"})
  @Requirement({"OA-5"})
  void refusesBrokenUtf8OnAPage(String path) {
    String form = new String(good(), UTF_8) + "&x=";
    for (String broken : List.of("%FF", "%C0%80", "%", "%zz", "%ED%A0%80", "\u00ff")) {
      assertThat(post(path, FORM, (form + broken).getBytes(ISO_8859_1)).isError(400))
          .as(broken)
          .isTrue();
    }
  }

  @Test
  @Requirement({"SP-5.2.3-3", "BCP-2.6-2", "ATT-21", "A1-39"})
  void allowsNoOtherOriginAnywhereABrowserGoes() {
    Browser browser = browser();
    Shown login = browser.start();
    Shown consent = browser.loggedIn(login);
    List<URI> urls =
        List.of(
            browser.authorizationUrl(server.app(), pushed()),
            login.url(),
            login.action(),
            consent.action(),
            server.url("/pages.css"));
    for (URI url : urls) {
      for (String verb : List.of("GET", "POST", "OPTIONS")) {
        Reply reply = crossOrigin(browser, verb, url);
        assertThat(reply.response().headers().map().keySet())
            .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
      }
      assertThat(crossOrigin(browser, "OPTIONS", url).status()).isEqualTo(405);
    }
    assertThat(Callback.of(browser.press(consent, "allow")).get("code")).isNotEmpty();
  }

  private static Reply crossOrigin(Browser browser, String verb, URI url) {
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Origin", "https://evil.example.com"),
            Map.entry("Access-Control-Request-Method", "GET"));
    return browser.send(verb, url, headers, new byte[0]);
  }
}
