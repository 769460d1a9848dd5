package dev.countersign.cli;

import dev.countersign.cli.check.Inspection;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countersign check}. */
@Command(
    name = "check",
    description = {
      "Says whether the authorization server would start with a configuration, and what it would"
          + " serve. Nothing is started, made or changed.",
      "Looks at the configuration, at the certificate with its key, and at the place of the store;"
          + " not at the port, which a running server may hold."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final String INDENT = "\n  ";

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  private final Surroundings with;

  CheckCommand(Surroundings with) {
    this.with = with;
  }

  /** One of the two. */
  private static final class Subject {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        required = true,
        description = "The configuration, for example countersign.yaml.")
    private @Nullable Path config;

    @Option(
        names = "--schema",
        required = true,
        description = "Print the JSON Schema of the configuration instead, for editors.")
    private boolean schema;
  }

  @Override
  public Integer call() throws CommandFailure {
    if (subject.schema) {
      with.out().print(ConfigKeys.describe().schema());
    } else {
      check(Objects.requireNonNull(subject.config, "one of the two is given"));
    }
    with.out().flush();
    return ExitCode.OK;
  }

  private void check(Path file) throws CommandFailure {
    Config config = ConfigArgument.read(file);
    Inspection found = Inspection.of(config, InstantSource.system().instant());
    found.warnings().forEach(warning -> with.err().println(file + ": warning: " + warning));
    List<String> faults = new ArrayList<>(found.wrong());
    faults.addAll(found.missing());
    if (!faults.isEmpty()) {
      int exitCode = found.wrong().isEmpty() ? ExitCode.UNAVAILABLE : ExitCode.USAGE;
      throw new CommandFailure(
          exitCode,
          "The server would not serve with " + file + ":" + INDENT + String.join(INDENT, faults));
    }
    with.out().println(file + " is right. The server would start and serve:");
    found.summary().forEach(with.out()::println);
  }
}
