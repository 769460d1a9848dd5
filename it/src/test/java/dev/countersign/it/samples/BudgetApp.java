package dev.countersign.it.samples;

// <sample app>
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.client.UserStart;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A web app that shows people their accounts, on the HTTPS server of the JDK. */
public final class BudgetApp {
  private static final String COOKIE = "__Host-session=";

  private final FapiClient client;
  private final URI accounts;
  private final SecureRandom random = new SecureRandom();

  /** By session. They never leave the server. */
  private final Map<String, Tokens> tokens = new ConcurrentHashMap<>();

  /** An app that calls this API. */
  public BudgetApp(FapiClient client, URI accounts) {
    this.client = client;
    this.accounts = accounts;
  }

  /** Listens on this address. */
  public HttpsServer start(InetSocketAddress address, SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/", this::handle);
    server.start();
    return server;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        route(exchange);
      } catch (ClientException e) {
        // The exception names the rule that was broken. People can begin anew.
        answer(exchange, 502, "That did not work. Please begin again.");
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException, ClientException {
    switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "GET /" -> start(exchange);
      case "POST /login" -> login(exchange);
      case "GET /callback" -> callback(exchange);
      case "GET /accounts" -> accounts(exchange);
      default -> answer(exchange, 404, "There is nothing here.");
    }
  }

  /** The token in the form shows that a person begins, and not another site. */
  private void start(HttpExchange exchange) throws IOException {
    BrowserSession session = newSession(exchange);
    answer(
        exchange,
        200,
        "<form method='post' action='/login'><input type='hidden' name='start' value='%s'>"
                .formatted(session.startToken())
            + "<button>Connect my bank</button></form>");
  }

  private void login(HttpExchange exchange) throws IOException, ClientException {
    BrowserSession session = session(exchange).orElseGet(() -> BrowserSession.random(random));
    String form = new String(exchange.getRequestBody().readNBytes(1024), StandardCharsets.UTF_8);
    UserStart start = session.confirmStart(form.replaceFirst("^start=", ""));
    redirect(exchange, client.begin(start, FlowRequest.of("openid accounts")).value());
  }

  private void callback(HttpExchange exchange) throws IOException, ClientException {
    Optional<BrowserSession> session = session(exchange);
    if (session.isEmpty()) {
      answer(exchange, 400, "Nothing was begun in this browser.");
      return;
    }
    Tokens brought = client.callback(session.get(), exchange.getRequestURI().getRawQuery());
    // A fresh session, so that nobody who knew the old one is logged in now.
    tokens.put(newSession(exchange).reveal(), brought);
    redirect(exchange, URI.create("/accounts"));
  }

  private void accounts(HttpExchange exchange) throws IOException, ClientException {
    Optional<String> key =
        session(exchange).map(BrowserSession::reveal).filter(tokens::containsKey);
    if (key.isEmpty()) {
      redirect(exchange, URI.create("/"));
      return;
    }
    ResourceRequest request = ResourceRequest.get(accounts).withEndUserPresent();
    ResourceResponse response = client.call(tokens.get(key.get()), request);
    if (response.status() == 401) {
      // The access token has ended.
      tokens.put(key.get(), client.refresh(tokens.get(key.get())));
      response = client.call(tokens.get(key.get()), request);
    }
    answer(exchange, response.status(), new String(response.body(), StandardCharsets.UTF_8));
  }

  private BrowserSession newSession(HttpExchange exchange) {
    BrowserSession session = BrowserSession.random(random);
    exchange
        .getResponseHeaders()
        .add("Set-Cookie", COOKIE + session.reveal() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    return session;
  }

  private static Optional<BrowserSession> session(HttpExchange exchange) {
    return Stream.ofNullable(exchange.getRequestHeaders().get("Cookie"))
        .flatMap(fields -> fields.stream().flatMap(field -> Stream.of(field.split("; *"))))
        .filter(cookie -> cookie.startsWith(COOKIE))
        .findFirst()
        .flatMap(cookie -> BrowserSession.parse(cookie.substring(COOKIE.length())));
  }

  private static void redirect(HttpExchange exchange, URI to) throws IOException {
    exchange.getResponseHeaders().add("Location", to.toString());
    exchange.sendResponseHeaders(303, -1);
  }

  private static void answer(HttpExchange exchange, int status, String html) throws IOException {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().add("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
// </sample app>
