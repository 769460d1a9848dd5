package dev.countersign.cli;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.LogFormat;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign serve}. */
@Command(
    name = "serve",
    description = {
      "Runs the authorization server until it is stopped by SIGTERM or Ctrl-C. It then lets the"
          + " requests under way end and exits with 143 or 130: 128 and the number of the signal.",
      "The log goes to standard output, one line for each request."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration, for example countersign.yaml.")
  private Path config = Path.of("countersign.yaml");

  @Option(
      names = "--crypto",
      paramLabel = "PROVIDER",
      defaultValue = "auto",
      description =
          "Who does the cryptography: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private CryptoChoice crypto = CryptoChoice.AUTO;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "The form of the log: ${COMPLETION-CANDIDATES}. Default: what the configuration says.")
  private Optional<LogFormat> logFormat = Optional.empty();

  private final Surroundings with;

  ServeCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Config read = ConfigArgument.read(config);
    LogFormat format = logFormat.orElse(read.log().format());
    LogOutput.as(format);
    Jose jose = new Crypto().choose(crypto);
    Serving serving = Serving.start(config, read, jose);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(serving, stopped), "countersign-stop"));
    announce(serving, format);
    stopped.await();
    return ExitCode.OK;
  }

  /** For people on lines of its own; among JSON, as one line of the log. */
  private void announce(Serving serving, LogFormat format) {
    switch (format) {
      case TEXT -> {
        with.out().println("Countersign " + Version.number());
        serving
            .summary()
            .forEach((name, value) -> with.out().println("  %-11s ".formatted(name) + value));
        with.out().flush();
      }
      case JSON -> {
        LoggingEventBuilder line = LOG.atInfo().addKeyValue("version", Version.number());
        for (Map.Entry<String, String> fact : serving.summary().entrySet()) {
          line = line.addKeyValue(fact.getKey().replace(' ', '_'), fact.getValue());
        }
        line.log("serving");
      }
    }
  }

  private static void stop(Serving serving, CountDownLatch stopped) {
    LOG.info("stopping");
    try {
      serving.close();
      LOG.info("stopped");
    } catch (RuntimeException e) {
      // The edge of this thread: the process ends in any case, and the log is all that tells why.
      LOG.error("stopped, but not in order", e);
    }
    stopped.countDown();
  }
}
