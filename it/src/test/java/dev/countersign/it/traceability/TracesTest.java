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

  @Test
  void knowsTheMemberThatEnforcesAndTheTestThatShows() throws IOException {
    source(
        "server/src/main/java/p/Code.java",
        """
        package p;
        @Enforces("SP-1")
        class Code {
          @Enforces({"SP-2", "SP-3"}) int handle() { return 1; }
          @Enforces("SP-4") Code() {}
          record Inner(@Enforces("SP-5") String part) {
            @Enforces("SP-6") Inner {}
          }
          // @Enforces("SP-7") is only spoken of here
          String text = "@Enforces(\"SP-8\")";
        }
        """);
    source("server/src/main/java/p/package-info.java", "@Enforces(\"SP-9\")\npackage p;\n");
    source(
        "server/src/test/java/p/CodeTest.java",
        "package p;\nclass CodeTest { @Requirement(\"SP-1\") void refusesIt() {} }\n");

    assertThat(Traces.of(root).index().text().lines())
        .containsExactly(
            "id\thow\tmodule\tplace",
            "SP-1\tenforces\tserver\tp.Code",
            "SP-1\tshows\tserver\tp.CodeTest#refusesIt",
            "SP-2\tenforces\tserver\tp.Code#handle",
            "SP-3\tenforces\tserver\tp.Code#handle",
            "SP-4\tenforces\tserver\tp.Code#Code",
            "SP-5\tenforces\tserver\tp.Code.Inner#part",
            "SP-6\tenforces\tserver\tp.Code.Inner#Inner",
            "SP-9\tenforces\tserver\tp");
  }

  private void source(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Path write(String file, String annotation, String ids) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "@%s(%s)\nclass Some {}\n".formatted(annotation, ids));
    return Path.of(file);
  }
}
