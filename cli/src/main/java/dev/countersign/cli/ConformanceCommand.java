package dev.countersign.cli;

import dev.countersign.cli.conformance.Addresses;
import dev.countersign.cli.conformance.Folders;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.config.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign conformance}. */
@Command(
    name = "conformance",
    description = {
      "Writes what the OpenID Foundation's conformance suite needs to test this server and its"
          + " client library by the FAPI 2.0 Security Profile and by Message Signing: a folder for"
          + " each variant, with fresh keys, and a README with the steps. With --serve: runs the"
          + " server and an API for one of them, until Ctrl-C.",
      "The suite is a program of its own, which you install and start. docs/conformance.md tells"
          + " how."
    },
    mixinStandardHelpOptions = true)
final class ConformanceCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Task task = new Task();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "For --test-client: PEM of the authorities to trust as the suite in place of those of"
              + " Java, or of a certificate that signed itself.")
  private Optional<Path> ca = Optional.empty();

  @Option(
      names = "--crypto",
      paramLabel = "PROVIDER",
      defaultValue = "auto",
      description =
          "Who does the cryptography of --serve: ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}.")
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private final Surroundings with;

  ConformanceCommand(Surroundings with) {
    this.with = with;
  }

  /** One of the three. */
  private static final class Task {
    @ArgGroup(exclusive = false)
    private @Nullable Writing writing;

    @Option(
        names = "--serve",
        paramLabel = "DIR",
        required = true,
        description = "Run the server and the API of this folder: one of those below OUT/server.")
    private @Nullable Path serve;

    @Option(
        names = "--test-client",
        paramLabel = "DIR",
        required = true,
        description =
            "Let the suite test the client library by this folder, one of those below OUT/client:"
                + " every test of the plan, with conformance-client where the suite waits for it.")
    private @Nullable Path testClient;
  }

  /** What to write, and where everybody is. */
  private static final class Writing {
    @Option(
        names = "--out",
        paramLabel = "OUT",
        required = true,
        description = "The folder to write into; nothing in it is overwritten.")
    private Path out = Path.of(".");

    @Option(
        names = "--suite",
        paramLabel = "URL",
        description = "The suite. Default: https://localhost.emobix.co.uk:8443.")
    private URI suite = URI.create("https://localhost.emobix.co.uk:8443");

    @Option(
        names = "--alias",
        paramLabel = "NAME",
        description =
            "What the suite calls the plans, part of its redirect URIs. Default: countersign.")
    private String alias = "countersign";

    @Option(
        names = "--host",
        paramLabel = "NAME",
        description =
            "What the suite calls the machine of the server. Default: host.docker.internal.")
    private String host = "host.docker.internal";

    @Option(
        names = "--bind",
        paramLabel = "ADDRESS",
        description = "The address of this machine to listen at. Default: 0.0.0.0, all of them.")
    private String bind = "0.0.0.0";

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description =
            "Port of the authorization server. It asks for certificates at the next one, and the"
                + " API is behind that. Default: 9443.")
    private int port = 9443;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (task.testClient != null) {
      Path folder = variant(task.testClient, "client", Folders.ARGUMENTS);
      return new ClientPlanFolder(folder, ca, with).run() ? ExitCode.OK : ExitCode.FAILED;
    }
    if (task.serve != null) {
      serve(variant(task.serve, "server", Folders.CONFIG));
    } else {
      write(Objects.requireNonNull(task.writing, "one of the three is given"));
    }
    return ExitCode.OK;
  }

  private static Path variant(Path folder, String below, String file) throws CommandFailure {
    if (!Files.isRegularFile(folder.resolve(file))) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "No file %s in %s: give one of the folders below OUT/%s, where OUT is what --out wrote."
              .formatted(file, folder, below));
    }
    return folder;
  }

  private void write(Writing writing) throws CommandFailure {
    Folders folders =
        Folders.create(addresses(writing), InstantSource.system().instant(), new SecureRandom());
    new FolderWriter(writing.out).write(folders.contents());
    with.out().println("Written into " + writing.out + ":");
    folders.contents().keySet().stream()
        .filter(name -> !name.isEmpty())
        .forEach(name -> with.out().println("  " + name));
    with.out().println("Begin with " + writing.out.resolve(Folders.README) + ".");
    with.out().flush();
  }

  private static Addresses addresses(Writing writing) throws CommandFailure {
    try {
      return new Addresses(writing.suite, writing.alias, writing.host, writing.bind, writing.port);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage() + ".", e);
    }
  }

  private void serve(Path folder) throws CommandFailure, InterruptedException {
    Path file = folder.resolve(Folders.CONFIG);
    Config config = ConfigArgument.read(file);
    LogOutput.as(config.log().format());
    Jose jose = new Crypto().choose(crypto);
    ConformanceServing serving = ConformanceServing.start(file, config, jose);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(serving, stopped), "countersign-stop"));
    serving
        .summary()
        .forEach((name, value) -> with.out().println("  %-11s ".formatted(name) + value));
    with.out().flush();
    stopped.await();
  }

  private static void stop(ConformanceServing serving, CountDownLatch stopped) {
    serving.close();
    stopped.countDown();
  }
}
