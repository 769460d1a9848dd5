package dev.countersign.it.mutation;

import dev.countersign.attacker.play.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mistakes that the attacker has to find in a running deployment, as the files in {@code mutants}
 * of the test resources have them: the recipes that find it, the class, what stands in it once, and
 * what stands there by mistake.
 */
final class AttackMutants {
  private static final Path FOLDER = Module.ROOT.resolve("it/src/test/resources/mutants");

  private static final Pattern MUTANT =
      Pattern.compile(
          """
          recipe: (?<recipes>[^\\n]+)
          (?:verdict: (?<verdict>\\w+)
          )?module: (?<module>\\S+)
          class: dev\\.countersign\\.(?<class>\\S+)
          right: <<<
          (?<right>.*?)
          >>>
          broken: <<<
          (?<broken>.*?)
          >>>
          """,
          Pattern.DOTALL);

  /** Of each kind, those that the build of everybody looks for. */
  private static final Set<String> FEW =
      Set.of("A1-16", "A1-36", "A1-28", "A2-01", "A7-04", "J-11");

  /** Recipes that no mistake in one class of ours makes find something, with the reason. */
  static final Map<String, String> BLIND =
      Map.of(
          "A2-04",
          "The servers of ours take no weak certificate, and what the TLS of the JDK gets wrong"
              + " is settled when a JVM starts.");

  private AttackMutants() {}

  /** All of them. */
  static List<AttackMutant> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A few, of every kind, for the build that everybody runs. */
  static List<AttackMutant> few() {
    return all().stream()
        .filter(mutant -> mutant.mistake().rules().stream().anyMatch(FEW::contains))
        .collect(
            Collectors.toMap(mutant -> mutant.mistake().rules(), mutant -> mutant, (one, _) -> one))
        .values()
        .stream()
        .toList();
  }

  private static List<AttackMutant> read(Path file) {
    List<AttackMutant> mutants = new ArrayList<>();
    try {
      String text = Files.readString(file);
      Matcher found = MUTANT.matcher(text);
      while (found.find()) {
        mutants.add(mutant(found));
      }
      if (mutants.size() != text.split("(?m)^recipe: ", -1).length - 1) {
        throw new AssertionError("one of the mutants in " + file + " cannot be read");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return mutants;
  }

  private static AttackMutant mutant(Matcher found) {
    String verdict = found.group("verdict");
    return new AttackMutant(
        SeededMutant.in(
            found.group("module"),
            found.group("class"),
            found.group("right"),
            found.group("broken"),
            found.group("recipes").split(",\\s*", -1)),
        verdict == null ? Verdict.VULNERABLE : Verdict.valueOf(verdict));
  }
}
