package dev.countersign.it.mutation;

import dev.countersign.it.process.Child;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * JVMs that take runs, each as many as come: what a new one needs to start and to compile
 * cryptography costs more than most runs. There are as many as there are runs at once. Classes of a
 * run that is over may stay in memory, some 4 MB, until the worker ends. Any thread may use them.
 */
final class Workers implements AutoCloseable {
  /** Our choice: many times what the longest needs on a quiet machine. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final List<String> arguments;
  private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

  private Workers(List<String> arguments) {
    this.arguments = arguments;
  }

  /** Those that get these arguments beside what the JVM of every run gets. */
  static Workers with(String... arguments) {
    return new Workers(List.of(arguments));
  }

  /**
   * Plays a run to its end; ends its JVM when the time is up.
   *
   * @param module whose classes, and those below it, the run has
   * @param main whose main method returns when all is over
   * @param broken folders of classes that take the place of those that were built
   */
  Child run(Module module, Class<?> main, List<String> args, Path... broken)
      throws IOException, InterruptedException {
    Worker known = idle.poll();
    Worker worker = known == null ? start() : known;
    List<String> turn = new ArrayList<>();
    turn.add(module.ownClassPathAfter(broken) + File.pathSeparator + classesOfThisPackage());
    turn.add(main.getName());
    turn.addAll(args);
    Child child = worker.run(turn, LONGEST);
    if (worker.isAlive()) {
      idle.add(worker);
    }
    return child;
  }

  private Worker start() throws IOException {
    List<String> command = new ArrayList<>(arguments);
    command.addAll(
        List.of(
            "-ea",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "-Dcountersign.root=" + Module.ROOT,
            "-Dlogback.configurationFile=" + Module.ROOT.resolve(".ci/logback-test.xml"),
            "-cp",
            Module.librariesClassPath() + File.pathSeparator + classesOfThisPackage(),
            TakeTurns.class.getName()));
    return Worker.start(command, Module.ROOT.resolve("it"));
  }

  /** Where this package was compiled to. */
  private static Path classesOfThisPackage() {
    return Path.of(
        URI.create(TakeTurns.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  @Override
  public void close() {
    idle.forEach(Worker::close);
  }
}
