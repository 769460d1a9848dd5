package dev.countersign.resource.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.testkit.TestTls;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A servlet container that listens by HTTPS on this machine. It asks for a client certificate,
 * demands none, and takes any whose key was proven.
 */
final class Container implements Servlets {
  private static final TestTls TLS = TestTls.LOCALHOST;
  private static final HttpClient ANYBODY = client(TLS.trust());

  /** Many times what any answer here needs: an answer that never comes is a failed test. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Server server = new Server();
  private final SslContextFactory.Server tls = new SslContextFactory.Server();
  private final HttpConfiguration http = new HttpConfiguration();
  private final ServerConnector connector;
  private final String path;
  private final ServletContextHandler context;

  private Container(String path) {
    this.path = path;
    this.context = new ServletContextHandler(path.isEmpty() ? "/" : path);
    tls.setSslContext(TLS.serverThatTakesAnyClient());
    tls.setWantClientAuth(true);
    http.addCustomizer(new SecureRequestCustomizer());
    connector = new ServerConnector(server, tls, new HttpConnectionFactory(http));
    server.addConnector(connector);
    server.setHandler(context);
  }

  /** Started, with the context path {@code /bank} and what a test puts in. */
  static Container with(Consumer<Container> content) throws Exception {
    return start(new Container("/bank"), content);
  }

  /** Started, without a context path. */
  static Container atRoot(Consumer<Container> content) throws Exception {
    return start(new Container(""), content);
  }

  private static Container start(Container container, Consumer<Container> content)
      throws Exception {
    content.accept(container);
    container.server.start();
    return container;
  }

  @Override
  public void servlet(String path, HttpServlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, path);
  }

  @Override
  public void filter(String path, Filter filter, DispatcherType... dispatches) {
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, path, EnumSet.copyOf(List.of(dispatches)));
  }

  @Override
  public void listener(ServletContextListener listener) {
    context.addEventListener(listener);
  }

  /** Takes HTTP/2, too; by default HTTP/1.1 alone. */
  void http2() {
    connector.setConnectionFactories(
        List.of(
            new SslConnectionFactory(tls, "alpn"),
            new ALPNServerConnectionFactory("h2", "http/1.1"),
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http)));
  }

  /** Compresses answers in front of the servlets and filters, however short they are. */
  // The handler that replaces it comes in a jar of its own, and leaves alone what this one does.
  @SuppressWarnings("removal")
  void gzip(boolean inflating) {
    GzipHandler gzip = new GzipHandler(context);
    gzip.setMinGzipSize(1);
    gzip.setInflateBufferSize(inflating ? 1024 : 0);
    server.setHandler(gzip);
  }

  @Override
  public void errorPage(String path) {
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(400, 599, path);
    context.setErrorHandler(pages);
  }

  /** A request to a path below the context, without any header yet. */
  @Override
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("https://localhost:" + connector.getLocalPort() + this.path + path));
  }

  /** Sends it without a client certificate. */
  static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return ANYBODY.send(request.timeout(LONGEST).build(), BodyHandlers.ofString());
  }

  /** Sends it over a connection with this client certificate. */
  static HttpResponse<String> send(HttpRequest.Builder request, TestTls client)
      throws IOException, InterruptedException {
    try (HttpClient http = client(client.client(TLS.certificate()))) {
      return http.send(request.timeout(LONGEST).build(), BodyHandlers.ofString());
    }
  }

  /** The bytes that come back. */
  static HttpResponse<byte[]> bytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return ANYBODY.send(request.timeout(LONGEST).build(), BodyHandlers.ofByteArray());
  }

  /** What comes back for these octets. */
  String raw(String request) throws IOException {
    try (Socket socket =
        TLS.trust().getSocketFactory().createSocket("localhost", connector.getLocalPort())) {
      socket.setSoTimeout((int) LONGEST.toMillis());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
