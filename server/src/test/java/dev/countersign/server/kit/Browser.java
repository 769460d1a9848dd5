package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A browser without script. It keeps cookies and holds them to the rules of their prefix (RFC
 * 6265bis section 4.1.3.2); it follows redirects only when told.
 */
public final class Browser {
  /** The cookie that tells browsers apart. */
  public static final String KEY = "__Host-countersign-browser";

  /** The cookie of the login session. */
  public static final String SESSION = "__Host-countersign-session";

  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestServer server;
  private final Map<String, String> cookies;
  private final List<String> received = new ArrayList<>();
  private Optional<String> forwarded = Optional.empty();

  /** A fresh one. */
  public Browser(TestServer server) {
    this(server, new LinkedHashMap<>());
  }

  private Browser(TestServer server, Map<String, String> cookies) {
    this.server = server;
    this.cookies = cookies;
  }

  /** The same browser after the server started again. */
  public Browser at(TestServer again) {
    return new Browser(again, cookies);
  }

  /** A cookie that it holds. */
  public String cookie(String name) {
    String value = cookies.get(name);
    if (value == null) {
      throw new AssertionError("no cookie " + name);
    }
    return value;
  }

  /** The names of the cookies that it holds. */
  public Set<String> cookies() {
    return Set.copyOf(cookies.keySet());
  }

  /** Plants a cookie, as an attacker would like to. */
  public void plant(String name, String value) {
    cookies.put(name, value);
  }

  /** Loses a cookie. */
  public void drop(String name) {
    cookies.remove(name);
  }

  /** All {@code Set-Cookie} fields so far, as they came. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** Goes to the authorization endpoint with a pushed request. */
  public Reply authorize(TestClient client, String requestUri) {
    return get(authorizationUrl(client, requestUri));
  }

  /** The URL that a client sends a browser to. */
  public URI authorizationUrl(TestClient client, String requestUri) {
    Params query = Params.of("client_id", client.id().value(), "request_uri", requestUri);
    return URI.create(server.url("/authorize") + "?" + query.encode());
  }

  /** Opens a pushed request and shows what comes. */
  public Shown open(TestClient client, String requestUri) {
    return follow(authorize(client, requestUri));
  }

  /** Opens a request of the app. */
  public Shown open(String requestUri) {
    return open(server.app(), requestUri);
  }

  /** Pushes a request of the app and opens it. */
  public Shown start(Params request) {
    return open(server.app().push(request).string("request_uri"));
  }

  /** Pushes a good request of the app and opens it. */
  public Shown start() {
    return start(server.app().authorizationRequest());
  }

  /** Pushes a good request of the app, opens it and logs in as Anna: the consent page. */
  public Shown startLoggedIn() {
    return loggedIn(start());
  }

  /** Shows the page behind a redirect, which must stay on this server. */
  public Shown follow(Reply redirect) {
    String location = redirect.header("Location").orElse("");
    if (redirect.status() != 303 || !location.startsWith(TestServer.ISSUER.value() + "/")) {
      throw new AssertionError(
          "no 303 within the server but " + redirect.status() + " " + location + redirect.text());
    }
    return show(URI.create(location));
  }

  /** Shows a page. */
  public Shown show(URI url) {
    return new Shown(url, get(url));
  }

  /** Gets a URL. */
  public Reply get(URI url) {
    return send("GET", url, List.of(), new byte[0]);
  }

  /** Presses a button of a page. */
  public Reply press(Shown page, String choice) {
    return post(page.action(), page.pressed(choice));
  }

  /** Types a name and a password and presses the button. */
  public Reply logIn(Shown page, String username, String password) {
    return post(
        page.action(), page.pressed("login").with("username", username).with("password", password));
  }

  /** Logs in as Anna and shows what comes. */
  public Shown loggedIn(Shown page) {
    return follow(logIn(page, People.ANNA, People.ANNAS_PASSWORD));
  }

  /** Posts a form. */
  public Reply post(URI url, Params form) {
    return send(
        "POST", url, List.of(Map.entry("Content-Type", FORM)), form.encode().getBytes(UTF_8));
  }

  /** From now on sits behind proxies that say this of it. */
  public Browser behind(String forwardedFor) {
    forwarded = Optional.of(forwardedFor);
    return this;
  }

  /** Sends any request with the cookies. */
  public Reply send(String method, URI url, List<Map.Entry<String, String>> headers, byte[] body) {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    forwarded.ifPresent(addresses -> all.add(Map.entry("X-Forwarded-For", addresses)));
    if (!cookies.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      all.add(Map.entry("Cookie", String.join("; ", pairs)));
    }
    Reply reply = server.send(method, url, all, body);
    reply.all("Set-Cookie").forEach(this::keep);
    return reply;
  }

  /** Takes a cookie as a browser takes it: one of this prefix only if it is bound to the host. */
  private void keep(String setCookie) {
    received.add(setCookie);
    String[] parts = setCookie.split("; ", -1);
    String[] pair = parts[0].split("=", 2);
    Set<String> attributes = new TreeSet<>(List.of(parts).subList(1, parts.length));
    if (!pair[0].startsWith("__Host-")
        || !attributes.containsAll(Set.of("Secure", "Path=/"))
        || attributes.stream().anyMatch(attribute -> attribute.startsWith("Domain"))) {
      throw new AssertionError("a browser refuses this cookie: " + pair[0] + " " + attributes);
    }
    if (attributes.contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }
}
