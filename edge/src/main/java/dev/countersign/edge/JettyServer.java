package dev.countersign.edge;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How Jetty is set up: everything that is not its default, in one place. */
final class JettyServer {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);
  private static final int HTTP2_HEADERS = 4;
  private static final int IDLE_SHARE_OF_STOP = 10;
  private static final int MAX_RESPONSE_HEADERS = 32 * 1024;

  /**
   * What of a legal but ambiguous target is let through as it came, because we never decode; what
   * is not legal at all stays refused.
   */
  private static final UriCompliance RAW_TARGETS =
      new UriCompliance(
          "RAW_TARGETS",
          Set.of(
              UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
              UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
              UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
              UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
              UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
              UriCompliance.Violation.BAD_UTF8_ENCODING,
              UriCompliance.Violation.TRUNCATED_UTF8_ENCODING,
              UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS));

  private JettyServer() {}

  /** Few platform threads for the sockets, a virtual thread for each request. */
  static Server create(
      String name,
      Handler handler,
      Limits limits,
      TrustedProxies proxies,
      AtomicBoolean leaving,
      InstantSource clock) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName(name);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(name + "-request-", 0).factory()));
    Server server = new DatedServer(threads, clock);
    server.setStopTimeout(limits.stop().toMillis());
    RequestReader reader = new RequestReader(limits, proxies);
    Refusals refusals = new Refusals(handler);
    server.setErrorHandler(new MinimalErrors(refusals, reader));
    EdgeHandler edge = new EdgeHandler(handler, refusals, reader, leaving);
    server.setHandler(new ConnectionWatch(limits.betweenRequests(), new GracefulHandler(edge)));
    return server;
  }

  /** TLS, then HTTP/2 or HTTP/1.1 as ALPN says, HTTP/1.1 if it says nothing. */
  static ServerConnector tlsConnector(Server server, SslContextFactory.Server tls, Limits limits) {
    HttpConfiguration http = http(limits);
    // Left out, Jetty adds one of its own that compares SNI, Host and certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConfiguration more = new HttpConfiguration(http);
    // Over this, HTTP/2 ends the connection, with all that others ask on it; below, it is a 431.
    more.setRequestHeaderSize(HTTP2_HEADERS * limits.maxHeaders());
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(more);
    http2.setConnectProtocolEnabled(false);
    http2.setStreamIdleTimeout(limits.idle().toMillis());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            http2,
            new HttpConnectionFactory(http));
    return added(server, connector, limits);
  }

  /** HTTP/1.1 without TLS. */
  static ServerConnector plainConnector(Server server, Limits limits) {
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(http(limits)));
    return added(server, connector, limits);
  }

  private static ServerConnector added(Server server, ServerConnector connector, Limits limits) {
    connector.setIdleTimeout(limits.idle().toMillis());
    // Jetty's second would cut an HTTP/2 stream whose answer takes longer; the watch tells them
    // apart from connections that are idle in truth.
    connector.setShutdownIdleTimeout(limits.stop().toMillis());
    connector.addBean(server.getHandler(), false);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
    return connector;
  }

  /** Listens first, so that a port that is taken is told apart from all that may fail later. */
  static void start(Server server, ServerConnector connector) throws CannotListenException {
    try {
      connector.open();
    } catch (IOException e) {
      throw explained(connector, e);
    }
    try {
      server.start();
    } catch (Exception e) {
      connector.close();
      throw new IllegalStateException("the server did not start", e);
    }
  }

  /** Gives what is under way the server's stop timeout. Does nothing if it is stopped. */
  static void stop(Server server) {
    if (server.getHandler() instanceof ConnectionWatch watch) {
      watch.hurry(Duration.ofMillis(server.getStopTimeout()).dividedBy(IDLE_SHARE_OF_STOP));
    }
    try {
      server.stop();
    } catch (TimeoutException _) {
      LOG.warn("stopped while requests were still under way");
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop in order", e);
    }
  }

  /** Every answer tells the time of one clock, also those to what is broken. */
  private static final class DatedServer extends Server {
    private final InstantSource clock;

    DatedServer(QueuedThreadPool threads, InstantSource clock) {
      super(threads);
      this.clock = clock;
    }

    @Override
    public HttpField getDateField() {
      return new HttpField(HttpHeader.DATE, DateGenerator.formatDate(clock.instant()));
    }
  }

  private static HttpConfiguration http(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(limits.maxHeaders());
    http.setMaxResponseHeaderSize(MAX_RESPONSE_HEADERS);
    http.setUriCompliance(RAW_TARGETS);
    return http;
  }

  private static CannotListenException explained(ServerConnector connector, IOException failure) {
    String host = Optional.ofNullable(connector.getHost()).orElse("");
    int port = connector.getPort();
    String reason = reason(failure);
    if (reason.toLowerCase(Locale.ROOT).contains("in use")) {
      return new PortBusyException(host, port, failure);
    }
    return new CannotListenException(
        "Cannot listen on %s:%d: %s.".formatted(host, port, reason), failure);
  }

  /** What the operating system said, which Jetty wraps. */
  private static String reason(IOException failure) {
    Throwable said = failure.getCause() instanceof BindException bind ? bind : failure;
    return Optional.ofNullable(said.getMessage())
        .orElse("the host is not an address of this machine");
  }
}
