package dev.countersign.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell of somebody who tries a document: a folder with the download, and with what the
 * document expects of a checkout. What was started and goes on is stopped at the end.
 */
final class Session implements AutoCloseable {
  private static final String USUAL_PORT = "8443";

  private final Path folder;
  private final Map<String, String> variables;
  private final String port;
  private final List<Process> running = new ArrayList<>();
  private final StringBuilder all = new StringBuilder();
  private String said = "";

  Session(Path folder, Installed installed) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.variables = installed.environment();
    this.port = freePort();
    for (String file : List.of("", ".sha256")) {
      Path zip = Download.ZIP.resolveSibling(Download.ZIP.getFileName() + file);
      Files.copy(zip, folder.resolve(zip.getFileName()));
    }
    Files.createSymbolicLink(folder.resolve("countersign"), installed.launcher());
    Files.createSymbolicLink(folder.resolve("docs"), installed.home().resolve("docs"));
    Files.createDirectories(folder.resolve("cli/target"));
    Files.createSymbolicLink(folder.resolve("cli/target/lib"), installed.home().resolve("lib"));
    variables.put("PATH", variables.get("JAVA_HOME") + "/bin:/usr/bin:/bin");
    // Nothing is found of what the person at this machine keeps, and nothing left there.
    variables.put("XDG_STATE_HOME", folder.resolve("state").toString());
  }

  /** Runs a script to its end. */
  void run(String script, int exitCode) throws IOException, InterruptedException {
    Process process = start(script);
    saw(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s\n%s", script, said).isEqualTo(exitCode);
  }

  /** Runs a script until it prints this. It goes on in the background. */
  String runUntil(String script, String text) throws IOException {
    Process process = start(script);
    BufferedReader lines = process.inputReader();
    StringBuilder printed = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.append(line).append('\n');
      if (line.contains(text)) {
        saw(printed.toString());
        return line;
      }
    }
    throw new AssertionError("it ended without saying \"" + text + "\":\n" + printed);
  }

  /** What the process that was started last printed since then, to its end. */
  String rest() throws IOException {
    Process last = running.getLast();
    return String.join("\n", last.inputReader().lines().toList());
  }

  /** What was printed by what was run last. */
  String said() {
    return said;
  }

  /** The group of a pattern in all that was printed so far. */
  String printed(Pattern pattern) {
    Matcher found = pattern.matcher(all);
    assertThat(found.find()).as("%s in\n%s", pattern, all).isTrue();
    return found.group(1);
  }

  Path folder() {
    return folder;
  }

  private void saw(String output) {
    said = output;
    all.append(output);
  }

  private Process start(String script) throws IOException {
    Path file = Files.createTempFile(folder, "block", ".sh");
    Files.writeString(file, "set -euo pipefail\n" + script.replace(USUAL_PORT, port) + "\n");
    ProcessBuilder builder =
        new ProcessBuilder("bash", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    running.add(process);
    return process;
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : running) {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      all.forEach(ProcessHandle::destroy);
      all.forEach(handle -> handle.onExit().join());
    }
  }
}
