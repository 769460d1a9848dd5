package dev.countersign.it.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.countersign.it.vectors.Verdict.Accepted;
import dev.countersign.it.vectors.Verdict.Refused;
import dev.countersign.protocol.httpsig.SignatureNonce;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @TestFactory
  @Requirement({"ATT-64", "ATT-65", "ATT-66", "SIG-8"})
  List<DynamicTest> ourVerifiersComeToTheSameVerdicts() throws Exception {
    return SignatureVectors.all(SignatureVectors.read(Files.readString(FILE))).stream()
        .map(vector -> dynamicTest(vector.name(), () -> judgedAlike(vector)))
        .toList();
  }

  private static void judgedAlike(Vector vector) {
    switch (Verdict.of(vector)) {
      case Accepted() -> assertThat(vector.broken()).isEmpty();
      case Refused(String requirement, String reason) ->
          assertThat(vector.broken()).as(reason).contains(requirement);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request-payment",
        "request-without-content",
        "request-with-certificate",
        "request-with-nonce",
        "response-payment",
        "response-to-a-request-without-content",
        "response-without-content",
        "response-refusal"
      })
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.2.1-1"})
  void ourSignersMakeTheSameBytes(String name) throws Exception {
    Vector vector =
        SignatureVectors.all(SignatureVectors.read(Files.readString(FILE))).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    Message signed = vector.exchange().subject();
    Exchange bare =
        vector
            .exchange()
            .changed(
                message ->
                    message
                        .without("Content-Digest")
                        .without("Signature-Input")
                        .without("Signature"));

    assertThat(OurSignature.of(bare, VectorKey.ED25519, nonce(signed)))
        .isEqualTo(
            signed.fields().stream()
                .filter(field -> !bare.subject().fields().contains(field))
                .toList());
  }

  private static Optional<SignatureNonce> nonce(Message signed) {
    Matcher nonce = Pattern.compile(";nonce=\"([^\"]+)\"").matcher(signed.field("Signature-Input"));
    return nonce.find() ? Optional.of(new SignatureNonce(nonce.group(1))) : Optional.empty();
  }
}
