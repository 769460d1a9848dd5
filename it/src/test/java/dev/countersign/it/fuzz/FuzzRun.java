package dev.countersign.it.fuzz;

import dev.countersign.it.process.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A run of Jazzer, which is a program of its own: it changes classes as they are loaded, and ends
 * its JVM.
 *
 * @param child what came of it
 */
record FuzzRun(Child child) {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

  /**
   * Our choice: for ever, whatever else the machine has to do. An input takes a millisecond, and
   * all that a build tries take less than a minute.
   */
  private static final Duration FOR_EVER = Duration.ofMinutes(30);

  /** Reports whoever makes a regular expression of an input. */
  private static final String REGEX_INJECTION =
      "com.code_intelligence.jazzer.sanitizers.RegexInjection";

  /** How often a target ran, and how often it took what came. */
  record Counts(long runs, long taken) {}

  /** All targets in turn, by the same random numbers every time. */
  static FuzzRun ofAll(Path folder, int runs) throws IOException, InterruptedException {
    List<Target<?>> targets = Targets.ALL;
    for (int i = 0; i < targets.size(); i++) {
      int target = i;
      write(
          folder.resolve("corpus"),
          targets.get(i).name(),
          Seeds.of(targets.get(i)).stream().map(seed -> Fuzzing.addressed(target, seed)).toList());
    }
    return run(
        folder,
        List.of("-XX:TieredStopAtLevel=1"),
        targets,
        List.of("-runs=" + runs, "-seed=1"),
        FOR_EVER,
        _ -> {});
  }

  /** One target for some time; the folder keeps what led further, for the next time. */
  static FuzzRun of(Target<?> target, Path folder, Duration time)
      throws IOException, InterruptedException {
    write(folder.resolve("corpus"), "seed", Seeds.of(target));
    return run(
        folder,
        List.of("-D" + Fuzzing.TARGET + "=" + target),
        List.of(target),
        List.of("-max_total_time=" + time.toSeconds(), "-print_final_stats=1"),
        time.plus(FOR_EVER),
        System.out::println);
  }

  private static void write(Path folder, String name, List<byte[]> seeds) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve(name + "-" + i), seeds.get(i));
    }
  }

  private static FuzzRun run(
      Path folder,
      List<String> ofJava,
      List<Target<?>> targets,
      List<String> ofFuzzer,
      Duration most,
      Consumer<String> heard)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ofJava);
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
    // Jazzer is older than the JDK's warnings about what it does.
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", classPath(), JAZZER));
    command.add("--target_class=" + Fuzzing.class.getName());
    command.add("--instrumentation_includes=dev.countersign.**");
    command.add("--instrumentation_excludes=dev.countersign.it.**");
    if (!Collections.disjoint(targets, ConfigTargets.ALL)) {
      // In these files the operator writes regular expressions, which are bounded where they run.
      command.add("--disabled_hooks=" + REGEX_INJECTION);
    }
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + File.separator);
    command.add("-timeout=" + FOR_EVER.toSeconds() / 2);
    command.addAll(List.of("-rss_limit_mb=0", "-max_len=8192"));
    command.addAll(ofFuzzer);
    command.add(folder.resolve("corpus").toString());
    return new FuzzRun(Child.run(command, folder, most, heard));
  }

  /** Absolute, since the JVM runs in another folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** How it ended: what was found by which input, if anything was. */
  String said() {
    List<String> lines =
        child.lines().stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith(Fuzzing.COUNTED))
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }

  /** What it counted, by target. */
  Map<String, Counts> counts() {
    Map<String, Counts> counts = new TreeMap<>();
    child.lines().stream()
        .filter(line -> line.startsWith(Fuzzing.COUNTED))
        .map(line -> line.substring(Fuzzing.COUNTED.length()).split(" ", -1))
        .forEach(
            counted ->
                counts.put(
                    counted[0],
                    new Counts(Long.parseLong(counted[1]), Long.parseLong(counted[2]))));
    return counts;
  }
}
