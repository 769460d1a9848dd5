package dev.countersign.server.config;

import dev.countersign.server.config.Kind.WrongValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys that say how the server is run, and nothing about what it does. */
final class OperationsReader {
  private static final String TEXT = "text";
  private static final String JSON = "json";
  private static final String PORT = "9443";
  private static final String SIGNED_REQUESTS = "signed_requests";

  private OperationsReader() {}

  static Optional<LogConfig> log(Section log, Path folder, Optional<Path> store) {
    Optional<LogFormat> format =
        log.orElse(
            "format",
            format(),
            TEXT,
            "A line for people, or a JSON object on each line for programs.");
    Optional<Path> signedRequests =
        log.optional(
            SIGNED_REQUESTS,
            KeptFile.kind(folder, "signed-requests.jsonl"),
            "they are not kept",
            "A file to which each signed request is appended with what shows later who signed it"
                + " (RFC 9101), before it is answered. It tells of people, and grows for ever: move"
                + " it away now and then.");
    signedRequests
        .filter(file -> store.filter(file::equals).isPresent())
        .ifPresent(_ -> log.problem(SIGNED_REQUESTS, "is taken by store.path", ""));
    return log.finish(() -> new LogConfig(format.orElseThrow(), signedRequests));
  }

  static Optional<RevocationFeedConfig> revocationFeed(Section feed) {
    Optional<Boolean> enabled =
        feed.orElse(
            "enabled",
            Kinds.bool(true),
            "true",
            "Whether there is a feed, at `{issuer}/revocations`, and access tokens bear the handles"
                + " that it names.");
    Optional<Duration> lifetime =
        feed.orElse(
            "lifetime",
            Durations.revocationFeed(),
            "5m",
            "How long an API may rely on one answer at most, while it gets no newer one.");
    return feed.finish(
        () -> new RevocationFeedConfig(enabled.orElseThrow() ? lifetime : Optional.empty()));
  }

  private static Kind<LogFormat> format() {
    return new Kind<>(
        JSON,
        Shape.oneOf(List.of(TEXT, JSON)),
        "`text` or `json`.",
        node ->
            switch (Kinds.text(node)) {
              case TEXT -> LogFormat.TEXT;
              case JSON -> LogFormat.JSON;
              default -> throw new WrongValue("must be text or json");
            });
  }

  static Optional<ManagementConfig> management(
      Section management, Optional<ListenAddress> clients, Optional<ListenAddress> mtls) {
    Optional<String> host =
        management.orElse(
            "host",
            Kinds.text("127.0.0.1"),
            "127.0.0.1",
            "A name or address of this machine that the internet does not reach.");
    Optional<Integer> port =
        management.optional(
            "port", Kinds.port(PORT), "no listener", "The TCP port, for plain HTTP.");
    Optional<Duration> delay =
        management.orElse(
            "drain_delay",
            Durations.drainDelay(),
            "0s",
            "How long a stop waits, not ready but still answering, before it begins: the time that"
                + " a load balancer needs to notice.");
    Optional<ListenAddress> listen =
        host.flatMap(name -> port.map(number -> new ListenAddress(name, number)));
    if (listen.isPresent() && clients.filter(listen.get()::excludes).isPresent()) {
      management.problem("port", "is taken by listen.port", PORT);
    }
    if (listen.isPresent() && mtls.filter(listen.get()::excludes).isPresent()) {
      management.problem("port", "is taken by mtls.port", PORT);
    }
    return management.finish(() -> new ManagementConfig(listen, delay.orElseThrow()));
  }
}
