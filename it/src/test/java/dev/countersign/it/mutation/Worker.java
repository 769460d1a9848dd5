package dev.countersign.it.mutation;

import dev.countersign.it.process.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM that {@linkplain TakeTurns takes} one run after another. One thread may use it at a time.
 */
final class Worker implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private Worker(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  /** Starts one with these arguments of a JVM. */
  static Worker start(List<String> arguments, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return new Worker(
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start());
  }

  /**
   * Plays a run to its end, or ends the JVM when the time is up.
   *
   * @param turn class path, class, arguments
   */
  Child run(List<String> turn, Duration most) throws IOException, InterruptedException {
    process.outputWriter().write(String.join("\t", turn) + "\n");
    process.outputWriter().flush();
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    FutureTask<Integer> exit = new FutureTask<>(() -> hear(lines));
    Thread.ofVirtual().start(exit);
    try {
      return new Child(exit.get(most.toSeconds(), TimeUnit.SECONDS), List.copyOf(lines));
    } catch (TimeoutException e) {
      throw new AssertionError(
          "not over after " + most + ":\n" + String.join("\n", List.copyOf(lines)), e);
    } catch (ExecutionException e) {
      throw new IOException("the worker cannot be heard any more", e.getCause());
    } finally {
      if (exit.state() != Future.State.SUCCESS) {
        close();
      }
    }
  }

  /** Hears until the run has ended; that the JVM ended with it is never right. */
  private int hear(List<String> lines) throws IOException, InterruptedException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(TakeTurns.ENDED)) {
        return Integer.parseInt(line.substring(TakeTurns.ENDED.length()));
      }
      lines.add(line);
    }
    lines.add("the worker itself ended with " + process.waitFor());
    return 1;
  }

  /** Whether it takes another run. */
  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
