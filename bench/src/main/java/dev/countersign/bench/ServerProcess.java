package dev.countersign.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link BenchServer}. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Duration start;

  private ServerProcess(Process process, int port, Duration start) {
    this.process = process;
    this.port = port;
    this.start = start;
  }

  /** Starts one on this folder, on our own class path; it listens when this returns. */
  static ServerProcess start(Path folder, List<String> jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BenchServer.class.getName(), folder.toString()));
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectOutput(folder.resolve("server.log").toFile()).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    String line = said.readLine();
    if (line == null || !line.matches("\\d+")) {
      process.destroy();
      throw new IOException("the server did not start: " + line + "; see " + folder);
    }
    Duration start = Duration.ofNanos(System.nanoTime() - began);
    return new ServerProcess(process, Integer.parseInt(line), start);
  }

  int port() {
    return port;
  }

  /** How long it took from the command to the open port. */
  Duration startTime() {
    return start;
  }

  /** All CPU time of the process so far, user and system, in steps of the kernel's clock. */
  Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("CPU time is not to be had here"));
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
