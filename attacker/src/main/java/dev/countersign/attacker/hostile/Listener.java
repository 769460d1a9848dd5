package dev.countersign.attacker.hostile;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestListener;
import dev.countersign.attacker.wire.Exchange;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An HTTPS server of the attacker's, for one recipe, which says what is answered at which path, and
 * looks at what came; what nobody said anything about is answered 404. May be used by any thread.
 */
public final class Listener implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final Handler NOTHING = _ -> HttpResponse.empty(404);

  private final URI url;
  private final InstantSource clock;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Handler> places = new ConcurrentHashMap<>();
  private volatile Handler otherwise = NOTHING;
  private final Consumer<Exchange> heard;
  private final String host;
  private volatile HttpsServer server;

  private Listener(TestListener where, InstantSource clock, Consumer<Exchange> heard)
      throws IOException {
    String text = where.url().toString();
    this.url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    this.clock = clock;
    this.heard = heard;
    this.host = where.host();
    this.server = listen(where.port(), where.certificate());
  }

  private HttpsServer listen(int port, TestCertificate certificate) throws IOException {
    try {
      return HttpsServer.builder()
          .bind(host, port)
          .tls(TlsIdentity.of(certificate.chain(), certificate.key()))
          .stopTimeout(STOP)
          .clock(clock)
          .handler(this::answer)
          .start();
    } catch (CannotListenException | InvalidTlsIdentityException e) {
      throw new IOException("the attacker cannot listen (key listener): " + e.getMessage(), e);
    }
  }

  /**
   * Begins to listen.
   *
   * @param clock whose time its answers tell
   * @param heard is told of all that is said
   * @throws IOException if the port cannot be listened on, or the certificate cannot be shown
   */
  public static Listener open(TestListener where, InstantSource clock, Consumer<Exchange> heard)
      throws IOException {
    return new Listener(where, clock, heard);
  }

  /**
   * Shows another certificate from now on. All connections end, so that whoever comes again has to
   * look at it. For the thread that plays the recipe.
   *
   * @throws IOException if it cannot be shown; nobody listens then
   */
  public void show(TestCertificate certificate) throws IOException {
    int port = server.port();
    server.close();
    server = listen(port, certificate);
  }

  /** How others reach it, without a slash at the end. */
  public URI url() {
    return url;
  }

  /**
   * How others reach a path of it.
   *
   * @param path begins with a slash
   */
  public URI at(String path) {
    return URI.create(url + path);
  }

  /** Answers so at this path, by any method. */
  public void serve(String path, Handler handler) {
    places.put(path, handler);
  }

  /** Answers so wherever nothing else was said. */
  public void serve(Handler handler) {
    otherwise = handler;
  }

  /** All that came, in the order of its end. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** What came to this path, whatever its query. */
  public List<Received> received(String path) {
    return received.stream().filter(one -> one.path().equals(path)).toList();
  }

  private HttpResponse answer(HttpRequest request) throws Exception {
    Received came =
        new Received(
            clock.instant(),
            request.method(),
            request.path(),
            request.query(),
            request.headers(),
            request.body());
    received.add(came);
    HttpResponse answer = places.getOrDefault(request.path(), otherwise).handle(request);
    heard.accept(exchange(came, answer));
    return answer;
  }

  private Exchange exchange(Received came, HttpResponse answer) {
    String to = came.path() + came.rawQuery().map(query -> "?" + query).orElse("");
    List<Map.Entry<String, String>> asked =
        came.headers().names().stream()
            .flatMap(name -> came.headers().all(name).stream().map(value -> Map.entry(name, value)))
            .toList();
    List<Map.Entry<String, String>> said =
        answer.headers().stream().map(one -> Map.entry(one.name(), one.value())).toList();
    return Exchange.received(
        new Exchange.Message(
            "to the attacker: " + came.method() + " " + url + to, asked, came.body()),
        new Exchange.Message(String.valueOf(answer.status()), said, answer.body()));
  }

  @Override
  public void close() {
    server.close();
  }
}
