package dev.countersign.cli;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.config.Config;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign serve}. */
@Command(
    name = "serve",
    description = {
      "Runs the authorization server until it is stopped by SIGTERM or Ctrl-C.",
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

  private final Surroundings with;

  ServeCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    Config read = ConfigArgument.read(config);
    Jose jose = new Crypto().choose(crypto);
    Serving serving = Serving.start(config, read, jose);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(serving, stopped), "countersign-stop"));
    serving.summary().forEach(with.out()::println);
    with.out().flush();
    stopped.await();
    return ExitCode.OK;
  }

  private static void stop(Serving serving, CountDownLatch stopped) {
    LOG.info("stopping");
    serving.close();
    LOG.info("stopped");
    stopped.countDown();
  }
}
