package dev.countersign.it.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM of its own, like this one.
 *
 * @param exit its exit code
 * @param lines what it said
 */
public record Child(int exit, List<String> lines) {

  /**
   * Runs it to its end, or ends it when the time is up.
   *
   * @param heard hears each line as it comes
   */
  public static Child run(
      List<String> arguments, Path folder, Duration most, Consumer<String> heard)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (BufferedReader in =
                      new BufferedReader(
                          new InputStreamReader(
                              process.getInputStream(), StandardCharsets.UTF_8))) {
                    in.lines()
                        .forEach(
                            line -> {
                              lines.add(line);
                              heard.accept(line);
                            });
                  } catch (IOException e) {
                    lines.add("cannot be heard any more: " + e);
                  }
                });
    boolean ended = process.waitFor(most.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    reader.join();
    if (!ended) {
      throw new AssertionError("not over after " + most + ":\n" + String.join("\n", lines));
    }
    return new Child(process.exitValue(), List.copyOf(lines));
  }
}
