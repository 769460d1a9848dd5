package dev.countersign.edge;

import dev.countersign.requirement.Enforces;
import java.security.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running HTTPS server: HTTP/1.1 and HTTP/2 over TLS 1.2 and 1.3, never plain HTTP. Made by
 * {@link #builder}, which says what can be chosen and what is the default. May be used by any
 * thread.
 *
 * <p>Strict-Transport-Security is the application's to send. What is broken below the application
 * is answered with an empty body, {@code Cache-Control: no-store} and 400, 408, 413, 431 or 501.
 */
public final class HttpsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);

  /** The most certificates that a client may have, in base64, and what stands beside them. */
  private static final int CERTIFICATE_HEADERS = 48 * 1024;

  private final Server server;
  private final ServerConnector connector;
  private final int port;
  private final AtomicBoolean leaving;
  private final StrictTls tls;

  private HttpsServer(
      Server server, ServerConnector connector, AtomicBoolean leaving, StrictTls tls) {
    this.server = server;
    this.connector = connector;
    this.port = connector.getLocalPort();
    this.leaving = leaving;
    this.tls = tls;
  }

  /** A builder of a server that still lacks an identity and a handler. */
  public static Builder builder() {
    return new Builder();
  }

  /** The port it listens on, the one found if the builder was given 0. */
  public int port() {
    return port;
  }

  /** How many connections are open. */
  public int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /**
   * Shows these identities in every handshake that begins from now on, in place of all others.
   * Connections that are open go on; sessions of before are not resumed, so that every client that
   * comes again sees the new certificate.
   *
   * @param identities at least one, by the type of their keys as in {@link Builder#tls}
   */
  public void show(List<TlsIdentity> identities) {
    tls.show(identities);
  }

  /**
   * Says goodbye while all requests are still answered: from now on each answer in HTTP/1.1 ends
   * its connection, so that clients begin anew, with another server where there is one. The way to
   * {@link #close} for who has a balancer in front that must notice first.
   */
  public void drain() {
    leaving.set(true);
  }

  /**
   * Takes no more connections and tells HTTP/2 clients to go (GOAWAY), lets the requests under way
   * end for as long as the builder's stop timeout, then closes. A request that still comes on an
   * open connection is answered 503. Closing again does nothing.
   */
  @Override
  public void close() {
    leaving.set(true);
    JettyServer.stop(server);
  }

  /** What a server is made of. Not for several threads. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private final List<TlsIdentity> identities = new ArrayList<>();
    private Optional<Provider> provider = Optional.empty();
    private Optional<Handler> handler = Optional.empty();
    private ClientCertificates certificates = ClientCertificates.NONE;
    private TrustedProxies proxies = TrustedProxies.NONE;
    private Limits limits = Limits.DEFAULT;
    private InstantSource clock = InstantSource.system();

    private Builder() {}

    /**
     * Where to listen; the default is a free port of 127.0.0.1.
     *
     * @param host a name or address of this machine; {@code 0.0.0.0} is all of its addresses
     * @param port 0 to 65535; 0 finds a free one
     */
    public Builder bind(String host, int port) {
      if (host.isBlank() || port < 0 || port > 65535) {
        throw new IllegalArgumentException("bind needs a host and a port of 0 to 65535");
      }
      this.host = host;
      this.port = port;
      return this;
    }

    /** Who the server is; once more for a second type of key. At least one is needed. */
    public Builder tls(TlsIdentity identity) {
      identities.add(identity);
      return this;
    }

    /**
     * Who implements TLS, in place of the JDK; a provider that has an {@code SSLContext} of type
     * {@code TLS}. A provider of algorithms alone, such as ACCP, is not one: the JDK's TLS finds
     * its algorithms in the JVM's list of providers only.
     */
    public Builder tlsProvider(Provider provider) {
      if (provider.getService("SSLContext", "TLS") == null) {
        throw new IllegalArgumentException(
            "the provider " + provider.getName() + " does not implement TLS");
      }
      this.provider = Optional.of(provider);
      return this;
    }

    /** Whether clients are asked for a certificate; by default they are not. */
    public Builder clientCertificates(ClientCertificates choice) {
      certificates = choice;
      return this;
    }

    /**
     * Who may say in whose place it asks; by default nobody. Where certificates are among that, the
     * limit of header fields is 48 KiB at least (RFC 9440 section 3.2).
     */
    public Builder trustedProxies(TrustedProxies choice) {
      proxies = choice;
      return this;
    }

    /** The time that every answer tells in its {@code Date}; by default that of this machine. */
    public Builder clock(InstantSource with) {
      clock = with;
      return this;
    }

    /** Who answers. Needed. */
    public Builder handler(Handler handler) {
      this.handler = Optional.of(handler);
      return this;
    }

    /** The longest body in bytes, 0 to 16 MiB, by default 64 KiB; a longer one is answered 413. */
    public Builder maxBody(int bytes) {
      limits = limits.withMaxBody(bytes);
      return this;
    }

    /**
     * The most bytes of request line and header fields, 8 KiB to 128 KiB, by default 16 KiB; more
     * are answered 431.
     */
    public Builder maxHeaders(int bytes) {
      limits = limits.withMaxHeaders(bytes);
      return this;
    }

    /**
     * The most connections at once, 1 to 1,000,000, by default 4096; more are accepted when others
     * end.
     */
    public Builder maxConnections(int number) {
      limits = limits.withMaxConnections(number);
      return this;
    }

    /** How long a connection may be silent, at most 10 minutes, by default 30 seconds. */
    public Builder idleTimeout(Duration time) {
      limits = limits.withIdle(time);
      return this;
    }

    /**
     * How long beyond the idle timeout a connection may take from its beginning, or from the end of
     * a request, to the whole head of the next one, at most 10 minutes, by default 10 seconds. It
     * is closed then, however steadily it drips, and a handshake or an HTTP/2 connection without
     * any request is no exception.
     */
    public Builder headTimeout(Duration time) {
      limits = limits.withHead(time);
      return this;
    }

    /**
     * How long a whole body may take however steadily it drips, at most 10 minutes, by default 30
     * seconds; a slower one is answered 408.
     */
    public Builder bodyTimeout(Duration time) {
      limits = limits.withBody(time);
      return this;
    }

    /** How long {@link #close} waits for requests, at most 10 minutes, by default 10 seconds. */
    public Builder stopTimeout(Duration time) {
      limits = limits.withStop(time);
      return this;
    }

    /**
     * Starts the server; it listens when this returns.
     *
     * @throws PortBusyException if another program has the port
     * @throws CannotListenException if this host or port cannot be listened on for another reason
     * @throws IllegalStateException if the identity or the handler is missing, or TLS cannot start
     */
    @Enforces({"SP-5.2.1-1"})
    public HttpsServer start() throws CannotListenException {
      if (identities.isEmpty()) {
        throw new IllegalStateException("a server needs a TLS identity: there is no plain HTTP");
      }
      Handler answers =
          handler.orElseThrow(() -> new IllegalStateException("a server needs a handler"));
      AtomicBoolean leaving = new AtomicBoolean();
      Limits bounds =
          proxies.clientCertificate() ? limits.withHeadersOfAtLeast(CERTIFICATE_HEADERS) : limits;
      Server server = JettyServer.create("edge", answers, bounds, proxies, leaving, clock);
      StrictTls tls = new StrictTls(identities, certificates, provider);
      ServerConnector connector = JettyServer.tlsConnector(server, tls.factory(), bounds);
      connector.setHost(host);
      connector.setPort(port);
      JettyServer.start(server, connector);
      LOG.info("listening on https://{}:{}", host, connector.getLocalPort());
      return new HttpsServer(server, connector, leaving, tls);
    }
  }
}
