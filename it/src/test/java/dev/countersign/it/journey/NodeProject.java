package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runs on Node.js and is not ours: its libraries as the lock file has them. */
public final class NodeProject {
  /** What it takes to run it. */
  private static final String MISSING =
      "no Node.js 20 or later with npm found: install both, with \"apt-get install nodejs npm\""
          + " for instance";

  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node-client");
  private static final String SCRIPT = "oidc-flow.mjs";
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,4})\\..*", Pattern.DOTALL);
  private static final int OLDEST = 20;
  private static final long LONGEST_SECONDS = 120;

  private NodeProject() {}

  /** Whether Node.js and npm can be run here, and are recent enough. */
  private static boolean isPossible() {
    try {
      return isRecent(run(Path.of("."), "node", "--version").output())
          && run(Path.of("."), "npm", "--version").good();
    } catch (IOException e) {
      // That is how Java says that there is no such program.
      return false;
    }
  }

  /** Whether Node.js calls itself by a version that the libraries support. */
  static boolean isRecent(String version) {
    Matcher matcher = VERSION.matcher(version);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) >= OLDEST;
  }

  /**
   * Puts the project and its libraries into {@code target}. A test is skipped where that is not
   * possible; where {@code CI} is {@code true}, it fails if the libraries cannot be fetched.
   */
  public static void install() throws IOException {
    install(SOURCES, INSTALLED);
  }

  /**
   * The same of another project.
   *
   * @param sources its folder
   * @param installed where it is put, below {@code target}
   */
  public static void install(Path sources, Path installed) throws IOException {
    assumeTrue(isPossible(), MISSING);
    Optional<String> fault = installed(sources, installed);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(fault).as("npm ci").isEmpty();
    }
    assumeTrue(fault.isEmpty(), () -> "the libraries cannot be installed: " + fault.orElseThrow());
  }

  /** What went wrong, if anything did. */
  private static Optional<String> installed(Path sources, Path installed) throws IOException {
    Files.createDirectories(installed);
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, installed.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Ended npm =
        run(
            installed,
            "npm",
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--fetch-retries=1",
            "--no-audit",
            "--no-fund");
    return npm.good() ? Optional.empty() : Optional.of(npm.output());
  }

  /**
   * Runs a script that needs nobody; what it prints.
   *
   * @param folder for the input, which may have keys in it
   * @param input what the script reads from the file that it is given
   */
  public static String answer(String script, Path folder, String input) throws IOException {
    Path file = Files.writeString(folder.resolve("input.json"), input);
    Ended ended = run(INSTALLED, "node", script, file.toAbsolutePath().toString());
    assertThat(ended.good()).as(ended.output()).isTrue();
    return ended.output();
  }

  private record Ended(boolean good, String output) {}

  private static Ended run(Path folder, String... command) throws IOException {
    Path output = Files.createTempFile("node", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = endsWell(process);
      return new Ended(ended, Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  private static boolean endsWell(Process process) {
    try {
      if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly().waitFor();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Runs the script; what it says that it saw.
   *
   * @param folder for the settings, which have keys in them
   * @param person sent to the authorization URL; where that leads
   */
  static JsonObject flow(Path folder, JsonObject settings, UnaryOperator<URI> person)
      throws IOException, MalformedJsonException {
    Path file = Files.writeString(folder.resolve("settings.json"), settings.toJson());
    File errors = folder.resolve("errors.txt").toFile();
    Process process =
        new ProcessBuilder("node", SCRIPT, file.toAbsolutePath().toString())
            .directory(INSTALLED.toFile())
            .redirectError(errors)
            .start();
    // So that nobody waits for ever for a line.
    CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    try (BufferedReader says = process.inputReader(UTF_8);
        BufferedWriter hears = process.outputWriter(UTF_8)) {
      URI back = person.apply(URI.create(line(says, errors)));
      hears.write(back + "\n");
      hears.flush();
      return JsonObject.parse(line(says, errors));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String line(BufferedReader says, File errors) throws IOException {
    String line = says.readLine();
    if (line == null) {
      throw new AssertionError("the script ended: " + Files.readString(errors.toPath()));
    }
    return line;
  }
}
