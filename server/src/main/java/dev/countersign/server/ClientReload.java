package dev.countersign.server;

import dev.countersign.edge.FailureLine;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.ClientFiles;
import dev.countersign.server.config.ClientsConfig;
import dev.countersign.server.config.ConfigProblem;
import dev.countersign.server.metrics.ClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what the files that register clients say, in the background, all changes of one look
 * at once. What is wrong with a file is logged once and changes nothing.
 *
 * <p>One thread of its own does all looking, so that two looks never overtake each other.
 */
final class ClientReload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClientReload.class);

  private final Clients clients;
  private final KeysOfClients keys;
  private final Optional<Duration> interval;
  private final ClientMetrics metrics;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("countersign-clients").daemon(true).factory());

  /** For the thread alone. */
  private ClientFiles files;

  ClientReload(ClientsConfig config, Clients clients, KeysOfClients keys, ClientMetrics metrics) {
    this.clients = clients;
    this.keys = keys;
    this.interval = config.reload();
    this.metrics = metrics;
    this.files = config.files();
  }

  void start() {
    interval.ifPresent(
        pause -> {
          var _ =
              executor.scheduleWithFixedDelay(
                  this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  /** Looks now and returns when what was found is in effect. */
  void now() {
    try {
      executor.submit(this::look).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look ends without exception", e);
    }
  }

  private void look() {
    try {
      ClientFiles next = files.reread();
      if (next != files) {
        ClientFiles before = files;
        files = next;
        take(before, next);
      }
    } catch (Throwable e) {
      // The edge of this thread: what escapes, an Error too, would end the looking without a word.
      LOG.error("the clients' files cannot be read; trying again later: {}", FailureLine.of(e));
    }
  }

  private void take(ClientFiles before, ClientFiles next) {
    List<ConfigProblem> known = before.problems();
    List<ConfigProblem> problems = next.problems();
    problems.stream()
        .filter(problem -> !known.contains(problem))
        .forEach(problem -> LOG.error("clients not taken over: {}", problem.inOneLine()));
    metrics.problems(problems.size());
    List<RegisteredClient> old = before.clients();
    List<RegisteredClient> registered = next.clients();
    if (registered.equals(old)) {
      return;
    }
    clients.replace(registered);
    keys.forget(old, registered);
    metrics.replaced();
    LOG.atInfo()
        .addKeyValue("clients", registered.size())
        .addKeyValue("new_or_changed", ids(registered, old))
        .addKeyValue("removed", removed(old, registered))
        .log("clients taken over");
  }

  private static String ids(List<RegisteredClient> of, List<RegisteredClient> without) {
    return names(of.stream().filter(client -> !without.contains(client)).toList());
  }

  private static String removed(List<RegisteredClient> old, List<RegisteredClient> registered) {
    return names(
        old.stream()
            .filter(client -> registered.stream().noneMatch(now -> now.id().equals(client.id())))
            .toList());
  }

  private static String names(List<RegisteredClient> clients) {
    return String.join(" ", clients.stream().map(client -> client.id().value()).toList());
  }

  @Override
  public void close() {
    executor.close();
  }
}
