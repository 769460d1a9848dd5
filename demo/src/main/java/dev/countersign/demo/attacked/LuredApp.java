package dev.countersign.demo.attacked;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.client.UserStart;
import dev.countersign.demo.app.SessionCookie;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.refusal.RefusalException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A web application that people log in to by either of two authorization servers, one of which is
 * an attacker's. It does what the client library asks of an application, and shows what came of it:
 * who is logged in, and by which key, at {@code /whoami}, what the bank says to the tokens of the
 * session at {@code /data}, and what a resource of the attacker's says to those of its server at
 * {@code /data/hostile}. Safe for any number of threads.
 */
final class LuredApp implements Handler {
  /** What it asks people for. */
  static final String SCOPE = "openid accounts";

  private static final String CONNECT = "/connect";

  private final Clients clients;
  private final URI data;
  private final URI hostileData;
  private final String policy;
  private final SecureRandom random;
  private final LuredSessions sessions = new LuredSessions();

  /**
   * An application to which nobody has come yet.
   *
   * @param at where the two servers are
   * @param bank whose accounts it shows
   */
  LuredApp(Clients clients, Places at, URI bank, SecureRandom random) {
    this.clients = clients;
    this.data = bank.resolve("/accounts");
    this.hostileData = ClientUnderTest.hostileResource(at.hostile());
    this.policy =
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "
            + at.issuer().uri()
            + " "
            + at.hostile();
    this.random = random;
  }

  /** The two servers, as the application tells them apart. */
  enum Side {
    /** The one that is attacked. */
    HONEST,
    /** The attacker's. */
    HOSTILE;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String callbackPath() {
      return "/callback/" + label();
    }

    /** Where a flow begins. */
    URI start(URI app) {
      return app.resolve(CONNECT + "?as=" + label());
    }

    /** Where its answers go: a redirect URI of its own for each server. */
    URI callback(URI app) {
      return app.resolve(callbackPath());
    }

    private static Optional<Side> of(Form form) {
      String wanted = form.value("as").orElse("");
      return Arrays.stream(values()).filter(side -> side.label().equals(wanted)).findFirst();
    }

    private static Optional<Side> at(String path) {
      return Arrays.stream(values()).filter(side -> side.callbackPath().equals(path)).findFirst();
    }
  }

  /**
   * The client library for each server.
   *
   * @param honest the one client of the one
   * @param hostile makes a client of the other for each flow, that knows nothing of it yet: what an
   *     attacker's server says of itself in one attack must not be remembered in the next. They
   *     share what they keep of flows, and their keys
   */
  record Clients(FapiClient honest, Supplier<FapiClient> hostile) {}

  @Override
  public HttpResponse handle(HttpRequest request) {
    return answer(request)
        .with("Cache-Control", "no-store")
        .with("Content-Security-Policy", policy)
        .with("X-Frame-Options", "DENY")
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer");
  }

  private HttpResponse answer(HttpRequest request) {
    Optional<Side> back = Side.at(request.path());
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET " + CONNECT -> form(request);
        case "POST " + CONNECT -> begin(request);
        case "GET /whoami" -> whoami(request);
        case "GET /data" -> data(request);
        case "GET /data/hostile" -> hostileData(request);
        default ->
            back.isPresent() && request.method().equals("GET")
                ? callback(back.get(), request)
                : text(404, "there is no such page");
      };
    } catch (RefusalException malformed) {
      return text(400, "the parameters cannot be read");
    } catch (ClientException e) {
      return text(status(e, back.isPresent()), String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong with what the browser brought is the browser's fault, all else a server's. */
  private static int status(ClientException failure, boolean brought) {
    if (failure instanceof ProtocolViolation broken
        && broken.rule().value().equals("SP-5.3.3.1-12")) {
      return 403;
    }
    return brought ? 400 : 502;
  }

  /** The page with the button. Only who sees it can press it: it holds a token of the session. */
  private HttpResponse form(HttpRequest request) {
    Optional<Side> side = Side.of(Form.parseQuery(request.query().orElse("")));
    if (side.isEmpty()) {
      return text(404, "as must be honest or hostile");
    }
    BrowserSession session = session(request).orElseGet(() -> BrowserSession.random(random));
    String page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Log in</title></head><body>
        <h1>Log in</h1>
        <form method="post" action="%s">
        <input type="hidden" name="as" value="%s">
        <input type="hidden" name="token" value="%s">
        <button type="submit" name="choice" value="connect">Log in</button>
        </form>
        </body></html>
        """
            .formatted(CONNECT, side.get().label(), session.startToken());
    return SessionCookie.set(HttpResponse.html(200, page), session);
  }

  private HttpResponse begin(HttpRequest request) throws ClientException {
    Form form = Form.parseBody(request.body());
    Optional<Side> side = Side.of(form);
    Optional<BrowserSession> session = session(request);
    if (side.isEmpty() || session.isEmpty()) {
      return text(403, "the form does not come from a page of this session");
    }
    UserStart start = session.get().confirmStart(form.value("token").orElse(""));
    FapiClient client = clients.honest();
    if (side.get() == Side.HOSTILE) {
      client = clients.hostile().get();
      sessions.begin(session.get(), client);
    }
    return HttpResponse.redirect303(client.begin(start, FlowRequest.of(SCOPE)).value());
  }

  /** Who logs in gets a session that is new, so that nobody else knows it already. */
  private HttpResponse callback(Side side, HttpRequest request) throws ClientException {
    Optional<BrowserSession> session = session(request);
    if (session.isEmpty()) {
      return text(400, "no flow was begun in this browser");
    }
    FapiClient client =
        side == Side.HONEST
            ? clients.honest()
            : sessions.begun(session.get()).orElseGet(clients.hostile());
    Tokens tokens = client.callback(session.get(), request.query().orElse(""));
    BrowserSession fresh = BrowserSession.random(random);
    sessions.renew(session.get(), fresh, new LuredSessions.Login(side, client, tokens));
    return SessionCookie.set(HttpResponse.redirect303(URI.create("/whoami")), fresh);
  }

  private HttpResponse whoami(HttpRequest request) {
    return login(request).flatMap(LuredApp::shown).orElseGet(LuredApp::nobody);
  }

  private static Optional<HttpResponse> shown(LuredSessions.Login login) {
    return login
        .tokens()
        .idToken()
        .map(
            token ->
                HttpResponse.json(
                    200,
                    JsonObject.builder()
                        .put("sub", token.sub().value())
                        .put("issuer", token.iss().value())
                        .put("jkt", login.client().dpopJkt().map(Thumbprint::value))
                        .build()));
  }

  private HttpResponse data(HttpRequest request) throws ClientException {
    Optional<LuredSessions.Login> login = login(request);
    return login.isEmpty() ? nobody() : read(login.get(), data);
  }

  /** What the attacker's resource gets is a token of the attacker's server, and no other. */
  private HttpResponse hostileData(HttpRequest request) throws ClientException {
    Optional<LuredSessions.Login> login = login(request).filter(one -> one.side() == Side.HOSTILE);
    return login.isEmpty() ? nobody() : read(login.get(), hostileData);
  }

  private static HttpResponse read(LuredSessions.Login login, URI from) throws ClientException {
    ResourceRequest wanted = ResourceRequest.get(from).withEndUserPresent();
    ResourceResponse answer = login.client().call(login.tokens(), wanted);
    return answer.status() == 200
        ? HttpResponse.json(200, answer.json())
        : text(502, "the resource answered " + answer.status());
  }

  private static HttpResponse nobody() {
    return text(401, "nobody is logged in");
  }

  private static HttpResponse text(int status, String text) {
    return HttpResponse.of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  private static Optional<BrowserSession> session(HttpRequest request) {
    return SessionCookie.read(request.headers());
  }

  private Optional<LuredSessions.Login> login(HttpRequest request) {
    return session(request).flatMap(sessions::login);
  }
}
