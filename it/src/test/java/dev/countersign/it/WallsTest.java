package dev.countersign.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class WallsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPackages("dev.countersign");

  @Test
  void theServerKnowsNoClientAndNoResourceServer() {
    noClasses()
        .that()
        .resideInAPackage("dev.countersign.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.countersign.client..", "dev.countersign.resource..")
        .check(CLASSES);
  }
}
