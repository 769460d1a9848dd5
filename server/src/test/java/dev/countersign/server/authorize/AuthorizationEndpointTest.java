package dev.countersign.server.authorize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Interactions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are opened in a browser, and which end on a page. */
class AuthorizationEndpointTest extends BrowserTest {

  private Shown at(String query) {
    return browser().show(URI.create(server.url("/authorize") + "?" + query));
  }

  private String query(Params params) {
    return params.encode();
  }

  private Params good() {
    return Params.of("client_id", "app", "request_uri", pushed());
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void opensOneRequestSoOftenAndNoMore() {
    String requestUri = pushed();
    Browser browser = browser();
    Shown first = browser.open(requestUri);
    for (int i = 1; i < Interactions.MOST_OPEN; i++) {
      assertThat(browser.authorize(server.app(), requestUri).status()).isEqualTo(303);
    }
    Reply tooMany = browser.authorize(server.app(), requestUri);
    assertThat(new Shown(first.url(), tooMany).isError(400)).isTrue();
    assertThat(tooMany.text()).contains("This request was opened too often");
    assertThat(browser.loggedIn(first).isConsent()).isTrue();
  }

  @Test
  @Requirement({"SP-5.3.2.2-2", "SP-5.3.2.2-11", "PAR-5", "SP-5.4.1-4"})
  void opensAPushedRequestAtAnAddressOfItsOwn() {
    Browser browser = browser();
    Reply reply = browser.authorize(server.app(), pushed());
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location").orElseThrow())
        .matches("https://as\\.example\\.com/tenant/interaction\\?interaction=[\\w-]{43}");
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    assertThat(browser.cookie(Browser.KEY)).matches("[\\w-]{43}");
    assertThat(server.logged("client_id")).contains("app");
    assertThat(browser.follow(reply).isLogin()).isTrue();
  }

  @Test
  @Requirement({"SP-5.3.2.2-3", "OA-2", "SP-5.3.2.1-7", "ATT-19", "A1-01", "A1-11"})
  void refusesARequestThatWasNotPushedOnAPageAndRedirectsNowhere() {
    Shown page = at(query(request()));
    assertThat(page.isError(400)).isTrue();
    assertThat(page.document().text()).contains("must push its request first");
    assertThat(server.logged("rule")).contains("SP-5.3.2.2-3");
    Params elsewhere = request().with("redirect_uri", "https://evil.example.com/");
    assertThat(at(query(elsewhere)).isError(400)).isTrue();
    assertThat(at(query(request().and("request_uri", ""))).isError(400)).isTrue();
    assertThat(at("").isError(400)).isTrue();
    assertThat(browser().show(server.url("/authorize")).isError(400)).isTrue();
    assertThat(browser().start().isLogin()).isTrue();
  }

  @Test
  @Requirement({
    "PAR-6",
    "PAR-8",
    "OA-2",
    "SP-5.3.2.2-12",
    "SP-5.3.2.1-7",
    "ATT-12",
    "ATT-13",
    "A1-04",
    "A1-05",
    "A1-06"
  })
  void saysTheSameOfAnUnknownExpiredForeignAnsweredAndMalformedRequest() {
    String answered = pushed();
    Browser browser = browser();
    browser.press(browser.open(answered), "cancel");
    String expired = pushed();
    assertThat(browser.open(expired).isLogin()).isTrue();
    server.pass(Duration.ofSeconds(89));
    assertThat(browser.open(expired).isLogin()).isTrue();
    server.pass(Duration.ofSeconds(1));
    String foreign =
        server.other().push(server.other().authorizationRequest()).string("request_uri");
    String known = pushed();

    Map<String, String> pages = new LinkedHashMap<>();
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("answered", answered);
    cases.put("expired", expired);
    cases.put("foreign", foreign);
    cases.put("unknown", RequestUri.random(server.random()).reveal());
    cases.put("one character less", known.substring(0, known.length() - 1));
    cases.put("one character more", known + "A");
    cases.put("malformed", "urn:ietf:params:oauth:request_uri:\u00e9");
    cases.put("a web address", "https://client.example.com/request.jwt");
    cases.put("no URI", "x");
    cases.put("too long", "urn:" + "x".repeat(3000));
    cases.forEach(
        (name, requestUri) -> {
          Shown page = at(query(Params.of("client_id", "app", "request_uri", requestUri)));
          assertThat(page.isError(400)).as(name).isTrue();
          pages.put(name, withoutReference(page));
        });
    pages.put(
        "client nobody knows",
        withoutReference(at(query(Params.of("client_id", "nobody", "request_uri", known)))));
    assertThat(pages.values()).hasSize(11).containsOnly(pages.get("unknown"));
    assertThat(browser().open(server.other(), foreign).isLogin()).isTrue();
    assertThat(browser().open(known).isLogin()).isTrue();
  }

  /** A page without what names the request in the log. */
  private static String withoutReference(Shown page) {
    return page.reply()
        .text()
        .replace(page.reply().header("x-fapi-interaction-id").orElseThrow(), "reference");
  }

  @Test
  @Requirement({"OA-2"})
  void refusesARequestWithoutClientIdOnAPage() {
    Shown page = at(query(Params.of("request_uri", pushed())));
    assertThat(page.isError(400)).isTrue();
    assertThat(page.document().text()).contains("client_id is missing");
  }

  @Test
  @Requirement({"SP-5.3.2.2-3", "A1-07"})
  void neverFetchesARequestUri() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String scheme : new String[] {"https", "http"}) {
        String url = scheme + "://localhost:" + listener.getLocalPort() + "/request.jwt";
        assertThat(at(query(Params.of("client_id", "app", "request_uri", url))).isError(400))
            .isTrue();
      }
      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "request_uri", "state", "of_nobody"})
  @Requirement({"OA-5"})
  void refusesANameThatComesTwice(String name) {
    Params once = good().with("state", "x").with("of_nobody", "x");
    assertThat(at(query(once)).reply().status()).isEqualTo(303);
    Params twice = once.and(name, once.get(name));
    assertThat(at(query(twice)).isError(400)).isTrue();
    assertThat(server.logged("rule")).contains("OA-5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=%FF", "state=%C0%80", "%ED%A0%80=x", "=x", "state=%00"})
  @Requirement({"OA-5", "OA-2"})
  void refusesABrokenQueryOnAPage(String broken) {
    assertThat(at(query(good()) + "&" + broken).isError(400)).isTrue();
    assertThat(at(query(good()) + "&state=x").reply().status()).isEqualTo(303);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "PAR-8", "A3-04"})
  void softwareThatLoadsTheAddressBeforeThePersonChangesNothing() {
    Browser preview = browser();
    Browser person = browser();
    URI url = person.authorizationUrl(server.app(), pushed());
    Reply loaded = preview.send("GET", url, List.of(), new byte[0]);
    assertThat(loaded.status()).isEqualTo(303);
    URI page = URI.create(loaded.header("Location").orElseThrow());
    assertThat(preview.send("GET", page, List.of(), new byte[0]).status()).isEqualTo(200);
    for (URI either : List.of(url, page)) {
      assertThat(preview.send("HEAD", either, List.of(), new byte[0]).status()).isEqualTo(405);
    }
    Shown consent = person.loggedIn(person.follow(person.get(url)));
    assertThat(Callback.of(person.press(consent, "allow")).get("code")).isNotEmpty();
  }

  @Test
  @Requirement({"A1-41"})
  void staysAtItsIssuerWhateverHostIsAskedFor() throws IOException {
    URI url = browser().authorizationUrl(server.app(), pushed());
    String request =
        "GET "
            + url.getRawPath()
            + "?"
            + url.getRawQuery()
            + " HTTP/1.1\r\nHost: evil.example.com\r\nX-Forwarded-Host: evil.example.com\r\n"
            + "Forwarded: host=evil.example.com\r\nConnection: close\r\n\r\n";
    try (SSLSocket socket =
        (SSLSocket)
            server.tls().trust().getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 303")
          .contains("Location: " + TestServer.ISSUER.value() + "/interaction?")
          .doesNotContain("evil.example.com");
    }
  }
}
