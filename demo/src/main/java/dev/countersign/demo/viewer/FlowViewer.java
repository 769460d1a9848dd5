package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Story;
import dev.countersign.demo.story.Teller;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Catalogue;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The viewer's pages: {@code GET /} the picture, {@code GET /text} the same without script, {@code
 * GET /flow} its messages as JSON, {@code POST /break} and {@code POST /clear} for the page alone.
 * Safe for any number of threads. Close it before its server, so that nobody waits any more.
 */
public final class FlowViewer implements Handler, AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final Flow flow;
  private final Attacker attacker;
  private final RequestGuard guard;
  private final URI app;
  private final Assets assets = new Assets();

  private FlowViewer(Flow flow, Attacker attacker, RequestGuard guard, URI app) {
    this.flow = flow;
    this.attacker = attacker;
    this.guard = guard;
    this.app = app;
  }

  /**
   * A viewer that hears the scene's wire from now on.
   *
   * @param self where it will be served, without a path
   * @param serverKeys the key set that the authorization server publishes
   */
  public static FlowViewer of(Scene scene, URI self, JsonObject serverKeys) {
    Scene.Addresses at = scene.addresses();
    Teller teller =
        new Teller(
            KeyRing.of(scene),
            new Story(at.issuer(), at.redirectUri()),
            Observations.of(scene.signing()));
    teller.learn(serverKeys);
    Flow flow =
        new Flow(
            teller,
            new MessageJson(new Rules(Catalogue.load()), scene.signing()),
            scene.stage().clock().millis());
    scene.stage().wire().listen(flow::hear);
    Attacker attacker = new Attacker(flow, new Forger(scene), scene.stage().http(Party.ATTACKER));
    return new FlowViewer(
        flow,
        attacker,
        new RequestGuard(self, scene.stage().random()),
        at.redirectUri().uri().resolve("/"));
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws InterruptedException {
    HttpResponse response =
        guard.isMeant(request)
            ? answer(request)
            : error(421, "This is answered at another address only.");
    return response
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }

  private HttpResponse answer(HttpRequest request) throws InterruptedException {
    return switch (request.path()) {
      case "/break", "/clear" ->
          request.method().equals("POST")
              ? change(request)
              : error(405, "Only POST is possible here.").with("Allow", "POST");
      default ->
          request.method().equals("GET")
              ? read(request)
              : error(405, "Only GET is possible here.").with("Allow", "GET");
    };
  }

  private HttpResponse read(HttpRequest request) throws InterruptedException {
    return switch (request.path()) {
      case "/" -> assets.page(guard.token(), app);
      case "/text" -> HttpResponse.html(200, TextPage.of(flow.all()));
      case "/flow" -> next(request);
      default -> assets.at(request.path()).orElseGet(() -> error(404, "There is nothing here."));
    };
  }

  private HttpResponse next(HttpRequest request) throws InterruptedException {
    try {
      Form query = Form.parseQuery(request.query().orElse(""));
      long edition = Long.parseLong(query.value("edition").orElse("0"));
      int after = Integer.parseInt(query.value("after").orElse("0"));
      return HttpResponse.json(200, flow.next(edition, after, LONGEST_WAIT));
    } catch (RefusalException | NumberFormatException malformed) {
      return error(400, "after and edition are numbers.");
    }
  }

  private HttpResponse change(HttpRequest request) throws InterruptedException {
    if (!guard.isOwn(request)) {
      return error(403, "This can be done on the viewer's own page only.");
    }
    if (request.path().equals("/clear")) {
      flow.clear();
      return HttpResponse.empty(204);
    }
    return broken(request);
  }

  private HttpResponse broken(HttpRequest request) throws InterruptedException {
    try {
      JsonObject wish = JsonObject.parse(request.body());
      Optional<Break> how = wish.string("how").flatMap(Break::of);
      Optional<Integer> number = wish.integer("number").map(Math::toIntExact);
      if (how.isEmpty() || number.isEmpty()) {
        return error(400, "There is no such way to break a message.");
      }
      Message heard = attacker.attack(how.get(), number.get());
      return HttpResponse.json(200, JsonObject.builder().put("number", heard.number()).build());
    } catch (MalformedJsonException | ArithmeticException malformed) {
      return error(400, "The wish is malformed.");
    } catch (NotBrokenException e) {
      return error(409, String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse error(int status, String says) {
    return HttpResponse.json(status, JsonObject.builder().put("error", says).build());
  }

  @Override
  public void close() {
    flow.close();
  }
}
