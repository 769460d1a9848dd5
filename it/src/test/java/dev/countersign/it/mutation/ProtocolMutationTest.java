package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.process.Child;
import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.Kind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * PIT breaks the code of {@code protocol} that enforces rules. For each rule at least one of its
 * mutants has to be noticed by a test that names the rule, unless the rule has a seeded one.
 */
@Tag("full")
class ProtocolMutationTest {
  /** The module whose rules are about single messages. */
  static final String MODULE = "protocol";

  /** Our choice: several times what two cores need. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /**
   * Most rules are a condition, or a call that refuses: what is left over is broken in every way
   * that PIT knows.
   */
  private static final List<String> MUTATORS =
      List.of("NEGATE_CONDITIONALS,VOID_METHOD_CALLS", "DEFAULTS");

  @TempDir private Path reports;

  @Test
  void someMutantOfEachRuleDiesByATestThatNamesTheRule() throws Exception {
    RulePlaces places = RulePlaces.read();
    Set<String> rules =
        places.shownWhereEnforced(MODULE).stream()
            .filter(mandatory())
            .collect(Collectors.toCollection(TreeSet::new));
    // What is broken by hand is shown by that: PIT's would cost time and decide nothing.
    SeededMutants.all().stream().map(SeededMutant::rules).forEach(rules::removeAll);
    for (String mutators : MUTATORS) {
      if (!rules.isEmpty()) {
        Path report = reports.resolve(mutators);
        run(places, rules, mutators, report);
        List<Mutant> killed = killed(report.resolve("mutations.xml"));
        assertThat(killed).as("PIT killed something").isNotEmpty();
        rules.removeIf(rule -> isNoticed(rule, places, killed));
      }
    }
    assertThat(rules)
        .as("rules whose mutants no test of theirs noticed")
        .extracting(
            rule ->
                rule
                    + ": "
                    + places.enforcing(rule, MODULE)
                    + " by "
                    + places.showing(rule, MODULE))
        .isEmpty();
  }

  private static boolean isNoticed(String rule, RulePlaces places, List<Mutant> killed) {
    Set<String> enforcing = places.enforcing(rule, MODULE);
    Set<String> tests = places.showing(rule, MODULE);
    return killed.stream().anyMatch(mutant -> mutant.isIn(enforcing) && mutant.diesBy(tests));
  }

  private static Predicate<String> mandatory() {
    Set<String> musts =
        Catalogue.load().entries().stream()
            .filter(entry -> entry.kind() == Kind.RULE && entry.level().isMandatory())
            .map(entry -> entry.id().value())
            .collect(Collectors.toSet());
    return musts::contains;
  }

  private static void run(RulePlaces places, Set<String> rules, String mutators, Path report)
      throws IOException, InterruptedException {
    Module protocol = Module.named(MODULE);
    Set<String> classes = new TreeSet<>();
    Set<String> tests = new TreeSet<>();
    for (String rule : rules) {
      places.enforcing(rule, MODULE).stream().map(Mutant::topLevel).forEach(classes::add);
      places.showing(rule, MODULE).stream().map(Mutant::topLevel).forEach(tests::add);
    }
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-cp", protocol.classPathAfter()));
    command.add("org.pitest.mutationtest.commandline.MutationCoverageReport");
    command.addAll(List.of("--reportDir", report.toString(), "--timestampedReports", "false"));
    command.addAll(List.of("--targetClasses", withNested(classes)));
    command.addAll(List.of("--targetTests", withNested(tests)));
    command.addAll(List.of("--mutableCodePaths", protocol.main().toString()));
    command.addAll(
        List.of("--sourceDirs", Module.ROOT.resolve(MODULE + "/src/main/java").toString()));
    command.addAll(List.of("--excludedMethods", otherMethods(places, rules, classes)));
    // Properties run by an engine of their own, which PIT does not know.
    command.addAll(List.of("--excludedTestClasses", "*FuzzTest,*PropertiesTest"));
    command.addAll(List.of("--mutators", mutators));
    command.addAll(List.of("--outputFormats", "XML", "--fullMutationMatrix", "true"));
    command.addAll(
        List.of("--threads", "2", "--mutationUnitSize", "20", "--verbosity", "NO_SPINNER"));
    // A null where NullAway allows none is a mistake that tests can notice, too.
    command.addAll(List.of("--features", "-jspecify"));
    command.addAll(List.of("--jvmArgs", "-Dcountersign.root=" + Module.ROOT));
    Child child =
        Child.run(
            command,
            Module.ROOT.resolve(MODULE),
            LONGEST,
            line -> {
              if (line.contains("Completed") || line.contains("mutations Killed")) {
                System.out.println("PIT: " + line.strip());
              }
            });
    assertThat(child.exit()).as("PIT said%n%s", String.join("\n", child.lines())).isZero();
  }

  /**
   * The methods of these classes that enforce no rule anywhere, as patterns: a mutant in them would
   * cost time and decide nothing.
   */
  private static String otherMethods(RulePlaces places, Set<String> rules, Set<String> classes) {
    Set<String> enforcing =
        rules.stream()
            .flatMap(rule -> places.enforcing(rule, MODULE).stream())
            .collect(Collectors.toSet());
    Set<String> wanted = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (String top : classes) {
      withNested(classOf(top))
          .forEach(
              type ->
                  Arrays.stream(type.getDeclaredMethods())
                      .filter(method -> !method.isSynthetic())
                      .map(Method::getName)
                      .forEach(
                          name ->
                              (new Mutant(type.getCanonicalName(), name, Set.of()).isIn(enforcing)
                                      ? wanted
                                      : others)
                                  .add(name)));
    }
    others.removeAll(wanted);
    return others.stream()
        .map(name -> name + ",lambda$" + name + "$*")
        .collect(Collectors.joining(","));
  }

  private static Class<?> classOf(String name) {
    try {
      return Class.forName(name, false, ProtocolMutationTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " is in the index and not on the class path", e);
    }
  }

  private static Stream<Class<?>> withNested(Class<?> type) {
    return Stream.concat(
        Stream.of(type),
        Arrays.stream(type.getDeclaredClasses()).flatMap(ProtocolMutationTest::withNested));
  }

  private static String withNested(Set<String> classes) {
    return classes.stream().map(name -> name + "," + name + "$*").collect(Collectors.joining(","));
  }

  private static List<Mutant> killed(Path xml) throws Exception {
    assertThat(Files.exists(xml)).as("PIT reported").isTrue();
    NodeList mutations =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(xml.toFile())
            .getElementsByTagName("mutation");
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < mutations.getLength(); i++) {
      Element mutation = (Element) mutations.item(i);
      if (mutation.getAttribute("detected").equals("true")) {
        mutants.add(Mutant.of(mutation));
      }
    }
    return mutants;
  }
}
