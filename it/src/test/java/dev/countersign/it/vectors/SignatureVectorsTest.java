package dev.countersign.it.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The file of vectors is what is made here, and our verifiers think the same of each case. */
class SignatureVectorsTest {
  private static final Path FILE =
      Path.of(
              Objects.requireNonNull(
                  System.getProperty("countersign.root"),
                  "the system property countersign.root names the root of the repository"))
          .resolve("docs/vectors/http-signatures.json");

  @Test
  void theFileIsUpToDate() throws Exception {
    String before = Files.exists(FILE) ? Files.readString(FILE) : "{}";
    List<Vector> vectors = SignatureVectors.all(SignatureVectors.read(before));
    String text = SignatureVectors.text(vectors);
    if (Boolean.getBoolean("countersign.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text);
      return;
    }
    assertThat(before)
        .as("run the tests of this class with -Dcountersign.update=true")
        .isEqualTo(text);
  }

  @Test
  void hasManyCasesOfEachKind() throws Exception {
    List<Vector> vectors = SignatureVectors.all(JsonObject.builder().build());

    assertThat(vectors).extracting(Vector::name).doesNotHaveDuplicates();
    assertThat(vectors.stream().filter(Vector::isAccepted).count()).isGreaterThan(20);
    assertThat(vectors.stream().filter(vector -> !vector.isAccepted()).count()).isGreaterThan(60);
  }
}
