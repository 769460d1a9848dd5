package dev.countersign.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.client.AuthorizationRefused;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.Tokens;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A web app that asks for access, as small as one can be. What comes of a flow it tells at another
 * origin, to which its callback sends the browser on, as apps with several hosts do. Safe for any
 * number of threads.
 */
final class BudgetApp implements Handler {
  private static final String COOKIE = "__Host-budget";

  private final FapiClient client;
  private final URI front;
  private final SecureRandom random;
  private final AtomicReference<FlowRequest> request =
      new AtomicReference<>(FlowRequest.of("openid profile accounts"));
  private final AtomicReference<Optional<Tokens>> tokens = new AtomicReference<>(Optional.empty());

  /**
   * An app that is a client.
   *
   * @param front where it sends the browser in the end
   */
  BudgetApp(FapiClient client, URI front, SecureRandom random) {
    this.client = client;
    this.front = front;
    this.random = random;
  }

  /** What the next flows ask for. */
  void asksFor(FlowRequest wanted) {
    request.set(wanted);
  }

  /** What the last flow brought. */
  Tokens tokens() {
    return tokens.get().orElseThrow();
  }

  /** Gets a new access token for what the last flow brought. */
  Tokens refresh() throws ClientException {
    return client.refresh(tokens());
  }

  @Override
  public HttpResponse handle(HttpRequest asked) {
    try {
      return switch (asked.method() + " " + asked.path()) {
        case "GET /" -> home(session(asked).orElseGet(() -> BrowserSession.random(random)));
        case "POST /connect" -> connect(session(asked).orElseThrow(), Form.parseBody(asked.body()));
        case "GET /callback" -> callback(session(asked).orElseThrow(), asked.query().orElseThrow());
        default -> HttpResponse.empty(404);
      };
    } catch (AuthorizationRefused e) {
      return onward(e.error());
    } catch (ClientException e) {
      return onward("failed " + e.getMessage());
    }
  }

  private static HttpResponse home(BrowserSession session) {
    return page("""
    <form method="post" action="/connect">
    <input type="hidden" name="start" value="%s"><button id="connect">Connect</button>
    </form>
    """
            .formatted(session.startToken()))
        .with(
            "Set-Cookie",
            COOKIE + "=" + session.reveal() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
  }

  private HttpResponse connect(BrowserSession session, Form form) throws ClientException {
    return HttpResponse.redirect303(
        client.begin(session.confirmStart(form.required("start")), request.get()).value());
  }

  private HttpResponse callback(BrowserSession session, String query) throws ClientException {
    tokens.set(Optional.of(client.callback(session, query)));
    return onward("connected");
  }

  private HttpResponse onward(String outcome) {
    return HttpResponse.redirect303(
        front.resolve("/?outcome=" + URLEncoder.encode(outcome, UTF_8)));
  }

  private static Optional<BrowserSession> session(HttpRequest request) {
    return request.headers().all("Cookie").stream()
        .flatMap(header -> Stream.of(header.split("; *", -1)))
        .filter(pair -> pair.startsWith(COOKIE + "="))
        .findFirst()
        .flatMap(pair -> BrowserSession.parse(pair.substring(COOKIE.length() + 1)));
  }

  static HttpResponse page(String body) {
    return HttpResponse.html(
        200,
        "<!DOCTYPE html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\">"
            + "<title>Budget</title><body>"
            + body);
  }
}
