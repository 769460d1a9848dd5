package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.DetailType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesCommandTest {
  private static final List<String> READY = DetailType.READY;

  /** A type in YAML that says all in few lines. */
  private static final String BATCH =
      """
      type: batch
      personal: []
      sensitive: false
      use: many
      compare: { /most: at_most }
      schema:
        type: object
        properties:
          type: { const: batch }
          most: { type: integer }
          note: { type: string, description: %s }
        required: [type, most]
      """;

  @TempDir private Path folder;

  private Ran show(String name, String content) throws Exception {
    Path file = Files.writeString(folder.resolve(name), content);
    return Ran.command("types", "show", file.toString());
  }

  @Test
  void listsTheReadyTypes() {
    Ran ran = Ran.command("types");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().lines().map(line -> line.replaceAll(" .*", "")))
        .containsExactlyElementsOf(READY);
    assertThat(ran.out()).containsPattern("(?m)^document_signing {6}\\S");
  }

  @ParameterizedTest
  @FieldSource("READY")
  void showsAReadyTypeAsTheLibrariesReadIt(String name) throws Exception {
    Ran ran = Ran.command("types", "show", name);

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(JsonObject.parse(ran.out())).isEqualTo(DetailType.ready(name).file());
  }

  @Test
  void showsAFileInYamlAsTheJsonThatItSays() throws Exception {
    Ran ran = show("batch.yaml", BATCH.formatted("\"a\\u202Eb\""));

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    DetailType type = DetailType.parse(JsonObject.parse(ran.out()));
    assertThat(type.name()).isEqualTo("batch");
    assertThat(ran.out()).contains("a\\u202eb").doesNotContain("\u202E");
    Ran again = show("batch.json", ran.out());
    assertThat(again.out()).isEqualTo(ran.out());
  }

  @Test
  void showsNothingOfAFileThatTheServerWouldRefuseAndSaysWhereItIsWrong() throws Exception {
    Ran ran = show("batch.yaml", BATCH.formatted("x").replace("at_most", "at_mots"));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("batch.yaml:5: /compare").doesNotContain("Exception");
    assertThat(ran.err().lines()).hasSize(1);
    // Right for the libraries, which do not look at the schema.
    Ran schema = show("batch.yaml", BATCH.formatted("x").replace("integer", "integre"));
    assertThat(schema.exitCode()).isEqualTo(2);
    assertThat(schema.out()).isEmpty();
  }

  @Test
  void saysOfAFileInJsonThatItIsNoJson() throws Exception {
    Ran ran = show("batch.json", "{\"type\": \"batch\",\n \"schema\": ");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).containsPattern("batch.json:[12]: JSON is not well-formed");
  }

  @Test
  void saysWhatTheLibrariesWouldNotRead() throws Exception {
    Ran ran = show("batch.yaml", BATCH.formatted("x".repeat(70_000)));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("is right for the server", "65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment", "no-such-file.yaml", "no-such-file.json", "."})
  void saysThatThereIsNoSuchType(String type) {
    Ran ran = Ran.command("types", "show", type);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(type).doesNotContain("Exception");
  }

  @Test
  void explainsItself() {
    assertThat(Ran.command("types", "--help").out()).contains("show");
    assertThat(Ran.command("types", "show", "--help").out()).contains("TYPE", "DetailType.parse");
    assertThat(Ran.command("types", "show").exitCode()).isEqualTo(2);
    assertThat(Ran.command("--help").out()).contains("types");
  }
}
