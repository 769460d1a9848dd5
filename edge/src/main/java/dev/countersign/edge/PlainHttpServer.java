package dev.countersign.edge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server of plain HTTP/1.1, for those who run the machine: probes and metrics. It belongs
 * on an address that the outside does not reach; what clients talk to is {@link HttpsServer}. The
 * limits are its defaults, but nothing is read of a body. May be used by any thread.
 */
public final class PlainHttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlainHttpServer.class);
  private static final int MAX_CONNECTIONS = 64;
  private static final Limits LIMITS =
      Limits.DEFAULT
          .withMaxBody(0)
          .withMaxConnections(MAX_CONNECTIONS)
          .withStop(Duration.ofSeconds(1));

  private final Server server;
  private final int port;

  private PlainHttpServer(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a server; it listens when this returns.
   *
   * @param host a name or address of this machine
   * @param port 0 to 65535; 0 finds a free one
   * @throws PortBusyException if another program has the port
   * @throws CannotListenException if this host or port cannot be listened on for another reason
   */
  public static PlainHttpServer start(String host, int port, Handler handler)
      throws CannotListenException {
    Server server =
        JettyServer.create(
            "management",
            handler,
            LIMITS,
            TrustedProxies.NONE,
            new AtomicBoolean(),
            InstantSource.system());
    ServerConnector connector = JettyServer.plainConnector(server, LIMITS);
    connector.setHost(host);
    connector.setPort(port);
    JettyServer.start(server, connector);
    LOG.info("listening on http://{}:{}", host, connector.getLocalPort());
    return new PlainHttpServer(server, connector.getLocalPort());
  }

  /** The port it listens on, the one found if 0 was given. */
  public int port() {
    return port;
  }

  /** Stops at once but for a second for what is under way. Closing again does nothing. */
  @Override
  public void close() {
    JettyServer.stop(server);
  }
}
