package dev.countersign.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A real HTTPS server on {@code localhost} whose answers a test scripts; it remembers what came. A
 * path without script is answered 404. Safe for any number of threads.
 */
public final class ScriptedServer implements AutoCloseable {

  /**
   * What came in.
   *
   * @param path as it was sent, without the query
   * @param clientCertificates what the client showed on this connection, its own first; empty where
   *     it showed none
   */
  public record Received(
      String method,
      String path,
      Optional<String> query,
      Headers headers,
      String body,
      List<X509Certificate> clientCertificates) {
    /** The body as a form. */
    public Form form() {
      return Form.parseBody(body.getBytes(UTF_8));
    }
  }

  /**
   * What goes out.
   *
   * @param stall whether the connection stays open after it, until the server ends
   */
  public record Reply(
      int status, List<Map.Entry<String, String>> headers, String body, boolean stall) {
    /** JSON, with its content type. */
    public static Reply json(int status, JsonObject body) {
      return text(status, body.toJson()).with("Content-Type", "application/json");
    }

    /** Any text, without a content type. */
    public static Reply text(int status, String body) {
      return new Reply(status, List.of(), body, false);
    }

    /** The same with one more header field. */
    public Reply with(String name, String value) {
      List<Map.Entry<String, String>> more = new ArrayList<>(headers);
      more.add(Map.entry(name, value));
      return new Reply(status, List.copyOf(more), body, stall);
    }

    /** The same, but it never ends. */
    public Reply stalled() {
      return new Reply(status, headers, body, true);
    }
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Function<Received, Reply>> scripts = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** With the certificate that {@link TestTls#LOCALHOST} trusts. */
  public ScriptedServer() {
    this(TestTls.LOCALHOST.server(), UnaryOperator.identity());
  }

  /**
   * As {@link #ScriptedServer()}, and it asks each client for a certificate, takes any whose key
   * the client proves, and serves those without one all the same.
   */
  public static ScriptedServer askingForCertificates() {
    return new ScriptedServer(
        TestTls.LOCALHOST.serverThatTakesAnyClient(),
        tls -> {
          tls.setWantClientAuth(true);
          return tls;
        });
  }

  /**
   * With a certificate and parameters of TLS that a test chooses.
   *
   * @param tls what the server offers, made of what the JDK would
   */
  public ScriptedServer(SSLContext context, UnaryOperator<SSLParameters> tls) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            parameters.setSSLParameters(tls.apply(context.getDefaultSSLParameters()));
          }
        });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** From now on requests to the path get this answer. */
  public void on(String path, Function<Received, Reply> script) {
    scripts.put(path, script);
  }

  /** The URL of a path here. */
  public URI uri(String path) {
    return URI.create("https://localhost:" + server.getAddress().getPort() + path);
  }

  /** All requests to the path so far, in order. */
  public List<Received> received(String path) {
    return received.stream().filter(one -> one.path().equals(path)).toList();
  }

  /** All requests so far, in order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Map.Entry<String, String>> fields = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              Optional.ofNullable(exchange.getRequestURI().getRawQuery()),
              Headers.of(fields),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8),
              certificatesOf(exchange));
      received.add(request);
      Function<Received, Reply> script =
          scripts.getOrDefault(request.path(), unknown -> Reply.text(404, ""));
      send(exchange, script.apply(request));
    }
  }

  private static List<X509Certificate> certificatesOf(HttpExchange exchange) {
    try {
      return Stream.of(((HttpsExchange) exchange).getSSLSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(h -> exchange.getResponseHeaders().add(h.getKey(), h.getValue()));
    byte[] body = reply.body().getBytes(UTF_8);
    // 0 is "some length, chunked" and -1 "no body" here.
    exchange.sendResponseHeaders(
        reply.status(), reply.stall() ? 0 : body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
    if (reply.stall()) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
