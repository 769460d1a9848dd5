package dev.countersign.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An unpacked download, run in an environment that holds nothing of the build's. */
final class Installed {
  private static final long SECONDS = 60;

  private final Path home;
  private final Path user;
  private final List<String> runner;
  private final Map<Long, Path> errors = new TreeMap<>();

  private Installed(Path home, Path user, List<String> runner) {
    this.home = home;
    this.user = user;
    this.runner = runner;
  }

  /** Unpacks the download below a folder. The user's home is another folder there. */
  static Installed in(Path folder) throws IOException {
    Path user = Files.createDirectories(folder.resolve("user"));
    return new Installed(
        Download.unpack(Files.createDirectories(folder.resolve("a place"))), user, List.of());
  }

  /** The same, as seen by a user who must not write to it. Root may do everything. */
  Installed readOnly() throws IOException, InterruptedException {
    execute("chmod", "-R", "a-w", home.toString());
    if (!System.getProperty("user.name").equals("root")) {
      return this;
    }
    execute("chmod", "a+rx", home.getParent().toString(), user.getParent().toString());
    execute("chown", "65534", user.toString());
    return new Installed(
        home, user, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
  }

  Path home() {
    return home;
  }

  Path launcher() {
    return home.resolve("bin/countersign");
  }

  /** Where the AOT cache is made if the installation itself must not be written to. */
  Path userCache() {
    return user.resolve(".cache/countersign");
  }

  /** The environment of a user with this Java, and no AOT cache made beside the command. */
  Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", "/usr/bin:/bin");
    variables.put("HOME", user.toString());
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("COUNTERSIGN_AOT", "off");
    return variables;
  }

  /** Runs the command to its end. */
  Ran run(Map<String, String> variables, String... arguments) throws Exception {
    return finished(start(variables, launcher(), arguments));
  }

  Process start(Map<String, String> variables, Path program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(runner);
    command.add(program.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(user.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.redirectError(Files.createTempFile(user, "err", "").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    errors.put(process.pid(), builder.redirectError().file().toPath());
    return process;
  }

  /** Waits for the end of it. */
  Ran finished(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("no end within " + SECONDS + " s, after: " + out);
    }
    return new Ran(process.exitValue(), out, Files.readString(errors.get(process.pid())));
  }

  /** The names of the files in a folder, none if there is no folder. */
  static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void execute(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  /** What a command did. */
  record Ran(int exitCode, String out, String err) {}
}
