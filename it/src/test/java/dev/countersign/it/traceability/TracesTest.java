package dev.countersign.it.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.RequirementId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {

  private static final RequirementId ID = RequirementId.of("SP-5.3.2.1-11");

  @TempDir Path root;

  @Test
  void findsWhereARequirementIsEnforced() throws IOException {
    Path code = write("server/src/main/java/Code.java", "Enforces", "\"SP-5.3.2.1-11\"");

    assertThat(Traces.of(root).enforcing(ID)).containsExactly(code);
    assertThat(Traces.of(root).showing(ID)).isEmpty();
  }

  @Test
  void findsTheTestThatShowsARequirement() throws IOException {
    Path test = write("server/src/test/java/CodeTest.java", "Requirement", "\"SP-5.3.2.1-11\"");

    assertThat(Traces.of(root).showing(ID)).containsExactly(test);
    assertThat(Traces.of(root).enforcing(ID)).isEmpty();
  }

  @Test
  void readsSeveralIdsOverSeveralLines() throws IOException {
    write("server/src/main/java/Code.java", "Enforces", "{\n  \"SP-1\",\n  \"SP-5.3.2.1-11\"\n}");

    assertThat(Traces.of(root).enforcing().keySet()).containsExactly("SP-1", "SP-5.3.2.1-11");
  }

  @Test
  void takesTheContractOfAStoreForTests() throws IOException {
    Path contract =
        write("store-contract/src/main/java/Contract.java", "Requirement", "\"SP-5.3.2.1-11\"");

    assertThat(Traces.of(root).showing(ID)).containsExactly(contract);
  }

  @Test
  void doesNotTakeATestForTheCodeThatEnforces() throws IOException {
    write("server/src/test/java/CodeTest.java", "Enforces", "\"SP-5.3.2.1-11\"");
    write("store-contract/src/main/java/Contract.java", "Enforces", "\"SP-5.3.2.1-11\"");

    assertThat(Traces.of(root).enforcing(ID)).isEmpty();
  }

  @Test
  void doesNotTakeMainCodeForATest() throws IOException {
    write("server/src/main/java/Code.java", "Requirement", "\"SP-5.3.2.1-11\"");

    assertThat(Traces.of(root).showing(ID)).isEmpty();
  }

  @Test
  void leavesCopiesInBuildFoldersAlone() throws IOException {
    write("server/target/src/main/java/Code.java", "Enforces", "\"SP-5.3.2.1-11\"");

    assertThat(Traces.of(root).enforcing(ID)).isEmpty();
  }

  private Path write(String file, String annotation, String ids) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "@%s(%s)\nclass Some {}\n".formatted(annotation, ids));
    return Path.of(file);
  }
}
