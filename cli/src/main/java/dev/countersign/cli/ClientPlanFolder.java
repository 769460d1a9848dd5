package dev.countersign.cli;

import dev.countersign.cli.conformance.ClientPlanRun;
import dev.countersign.cli.conformance.Folders;
import dev.countersign.cli.conformance.SuiteException;
import dev.countersign.cli.conformance.SuiteRest;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.StrictTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder for the tests of the client library. */
final class ClientPlanFolder {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Options whose value is a file of the folder. */
  private static final String FILES =
      "^(--(?:key|certificate|certificate-key|authorization-details)=)";

  private final Path folder;
  private final Optional<Path> ca;
  private final Surroundings with;

  ClientPlanFolder(Path folder, Optional<Path> ca, Surroundings with) {
    this.folder = folder;
    this.ca = ca;
    this.with = with;
  }

  /** Runs the plan; says whether every test passed. */
  boolean run() throws CommandFailure, InterruptedException {
    List<String> client = client();
    String configuration = read(Folders.PLAN);
    try {
      JsonObject run = JsonObject.parse(read(Folders.RUN));
      SuiteRest suite =
          new SuiteRest(
              URI.create(run.string("suite").orElseThrow(this::incomplete)),
              new HttpsExchange(
                  StrictTls.httpClient(ClientFiles.trust(ca), TIMEOUT),
                  TIMEOUT,
                  SuiteRest.MAX_BYTES));
      return new ClientPlanRun(
              suite, () -> start(client), ClientPlanRun.Pauses.USUAL, with.out()::println)
          .run(
              run.string("plan").orElseThrow(this::incomplete),
              run.object("variant").orElseThrow(this::incomplete),
              configuration);
    } catch (MalformedJsonException e) {
      throw incomplete();
    } catch (SuiteException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private List<String> client() throws CommandFailure {
    List<String> arguments = new ArrayList<>(List.of("conformance-client"));
    read(Folders.ARGUMENTS)
        .lines()
        .map(argument -> argument.replaceFirst(FILES, "$1" + quoted(folder + "/")))
        .forEach(arguments::add);
    ca.ifPresent(file -> arguments.add("--ca=" + file));
    return arguments;
  }

  private static String quoted(String replacement) {
    return java.util.regex.Matcher.quoteReplacement(replacement);
  }

  /** One flow; what it says is told by one line. */
  private void start(List<String> arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Main.run(InputStream.nullInputStream(), out, out, arguments.toArray(String[]::new));
    said.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .ifPresent(line -> with.out().println("           client: " + line.strip()));
  }

  private String read(String name) throws CommandFailure {
    Path file = folder.resolve(name);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, file + " cannot be read.", e);
    }
  }

  private CommandFailure incomplete() {
    return new CommandFailure(
        ExitCode.USAGE,
        folder.resolve(Folders.RUN) + " is not what `countersign conformance --out` writes.");
  }
}
