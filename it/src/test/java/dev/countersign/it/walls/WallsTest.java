package dev.countersign.it.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls between the modules, where no module descriptor holds them. */
class WallsTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.countersign");

  /** What each module may require, itself aside; the picture in docs/architecture.md. */
  private static final Map<String, List<String>> BELOW =
      Map.ofEntries(
          Map.entry("requirement", List.of()),
          Map.entry("protocol", List.of("requirement")),
          Map.entry("testkit", List.of("requirement", "protocol")),
          Map.entry("remote", List.of("requirement", "protocol")),
          Map.entry("client", List.of("requirement", "protocol", "remote")),
          Map.entry("resource", List.of("requirement", "protocol", "remote")),
          Map.entry("store", List.of("requirement", "protocol")),
          Map.entry("edge", List.of("requirement", "protocol")),
          Map.entry("attacker", List.of("requirement", "protocol", "edge")),
          Map.entry("server", List.of("requirement", "protocol", "remote", "store", "edge")),
          Map.entry(
              "demo",
              List.of(
                  "requirement",
                  "protocol",
                  "remote",
                  "client",
                  "resource",
                  "store",
                  "edge",
                  "attacker",
                  "server")),
          Map.entry(
              "cli",
              List.of(
                  "requirement",
                  "protocol",
                  "remote",
                  "client",
                  "resource",
                  "store",
                  "edge",
                  "attacker",
                  "server",
                  "demo")));

  static List<String> modules() {
    return BELOW.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void requiresOnlyWhatStandsBelow(String module) {
    String[] forbidden =
        BELOW.keySet().stream()
            .filter(other -> !other.equals(module) && !BELOW.get(module).contains(other))
            .map(WallsTest::packages)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(packages(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(ALL);
  }

  @Test
  void keepsTheServerApartFromTheStoresImplementation() {
    noClasses()
        .that()
        .resideInAnyPackage(packages("server"), packages("edge"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.countersign.store.sql..")
        .check(ALL);
  }

  @Test
  void keepsTheProtocolFreeOfClocksFilesAndNetworks() {
    noClasses()
        .that()
        .resideInAPackage(packages("protocol"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql..", "javax.net..")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(ALL);
  }

  @Test
  void servesNothingOfTheDemonstration() {
    noClasses()
        .that()
        .haveNameMatching("dev\\.countersign\\.cli\\.Serv.*")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAPackage(packages("demo"))
        .check(ALL);
  }

  @Test
  void leavesJettyToTheEdge() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages("edge"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(ALL);
  }

  @Test
  void leavesServletsToTheFilter() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.countersign.resource.servlet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.servlet..", "dev.countersign.resource.servlet..")
        .check(ALL);
  }

  @Test
  void readsNoClockBelowTheApplication() {
    noClasses()
        .that(residesInALibrary())
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(ALL);
  }

  @Test
  void hasNoStaticStateThatChanges() {
    noFields()
        .that()
        .areDeclaredInClassesThat(ours())
        .and()
        .areStatic()
        .and()
        .areNotFinal()
        .should()
        .haveModifier(JavaModifier.STATIC)
        .allowEmptyShould(true)
        .check(ALL);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void hasNoCirclesAmongThePackagesOfAModule(String module) {
    slices()
        .matching("dev.countersign." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void writesToTheConsoleFromTheCommandLineAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages("cli"), "gg.jte..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ALL);
  }

  @Test
  void namesItsExceptionsAsSuch() {
    classes()
        .that(ours())
        .and()
        .areAssignableTo(RuntimeException.class)
        .should()
        .haveSimpleNameEndingWith("Exception")
        .check(ALL);
  }

  private static String packages(String module) {
    return "dev.countersign." + module + "..";
  }

  private static DescribedPredicate<JavaClass> ours() {
    return DescribedPredicate.describe(
        "are ours", type -> type.getPackageName().startsWith("dev.countersign"));
  }

  private static DescribedPredicate<JavaClass> residesInALibrary() {
    return DescribedPredicate.describe(
        "belong to a library or the server",
        type ->
            !type.getPackageName().startsWith("dev.countersign.cli")
                && !type.getPackageName().startsWith("dev.countersign.demo")
                && !type.getPackageName().startsWith("dev.countersign.bench")
                && !type.getPackageName().startsWith("dev.countersign.testkit")
                && type.getPackageName().startsWith("dev.countersign"));
  }
}
