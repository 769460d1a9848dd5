package dev.countersign.cli;

import dev.countersign.edge.CannotListenException;
import dev.countersign.server.config.ListenAddress;
import dev.countersign.server.config.ManagementConfig;
import dev.countersign.server.management.ManagementServer;
import dev.countersign.server.management.Readiness;
import dev.countersign.server.metrics.ProcessMetrics;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.store.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port of a serving process, and where its measurements go: to Prometheus. */
final class Management implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Management.class);

  private final ListenAddress listen;
  private final PrometheusMeterRegistry registry;
  private final ProcessMetrics process;
  private final Readiness readiness;
  private final ManagementServer server;

  private Management(
      ListenAddress listen,
      PrometheusMeterRegistry registry,
      ProcessMetrics process,
      Readiness readiness,
      ManagementServer server) {
    this.listen = listen;
    this.registry = registry;
    this.process = process;
    this.readiness = readiness;
    this.server = server;
  }

  /**
   * Starts what the configuration asks for, if it asks for it.
   *
   * @throws CannotListenException if the port is busy or the address is not ours
   */
  static Optional<Management> start(ManagementConfig config, Store store, InstantSource clock)
      throws CannotListenException {
    if (config.listen().isEmpty()) {
      return Optional.empty();
    }
    ListenAddress listen = config.listen().get();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Readiness readiness = new Readiness(store, clock);
    ManagementServer server = ManagementServer.start(listen, readiness, registry::scrape);
    warnIfReachable(listen);
    ProcessMetrics process = ProcessMetrics.start(registry, Version.number());
    return Optional.of(new Management(listen, registry, process, readiness, server));
  }

  private static void warnIfReachable(ListenAddress listen) {
    try {
      if (!InetAddress.getByName(listen.host()).isLoopbackAddress()) {
        LOG.warn(
            "management.host {} is not a loopback address: nobody but your own probes must reach"
                + " it, there is no TLS and no login",
            listen.host());
      }
    } catch (UnknownHostException _) {
      LOG.warn("management.host {} has no address any more", listen.host());
    }
  }

  /** Measurements that end up here. */
  ServerMetrics metrics() {
    return ServerMetrics.to(registry);
  }

  /** Where it is. */
  String address() {
    return "http://" + listen.authority(server.port());
  }

  /** The server listens: the process is ready. */
  void started() {
    readiness.started();
  }

  /** From now on the process is not ready. */
  void drain() {
    readiness.drain();
  }

  @Override
  public void close() {
    server.close();
    process.close();
    registry.close();
  }
}
