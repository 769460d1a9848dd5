package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Answers;
import org.junit.jupiter.api.Test;

/** What an answer names that it does not usually name. */
class HostHeaderTest {
  private static Answer metadata(String issuer) {
    return Answers.of(
        200,
        "application/json",
        "{\"issuer\":\"" + issuer + "\",\"acr_values_supported\":[\"http://eidas.example/low\"]}");
  }

  @Test
  void aUrlOfPlainHttpThatIsAlwaysThereIsNoFinding() {
    assertThat(HostHeader.foreign(metadata("https://as.example"), metadata("https://as.example")))
        .isEmpty();
  }

  @Test
  void anotherIssuerIsAFinding() {
    assertThat(HostHeader.foreign(metadata("http://as.example"), metadata("https://as.example")))
        .isEqualTo("http://as.example");
    assertThat(
            HostHeader.foreign(
                metadata("https://attacker.invalid"), metadata("https://as.example")))
        .contains("attacker.invalid");
  }

  @Test
  void aRedirectToAnotherSiteIsAFindingAndOneToAnotherPathIsNot() {
    Answer usual = Answers.of(303, "text/html", "", "Location", "https://as.example/login/1");
    Answer other = Answers.of(303, "text/html", "", "Location", "https://as.example/login/2");
    Answer plain = Answers.of(303, "text/html", "", "Location", "http://as.example/login/3");
    assertThat(HostHeader.foreign(other, usual)).isEmpty();
    assertThat(HostHeader.foreign(plain, usual)).isEqualTo("http://as.example");
  }

  @Test
  void anErrorInPlaceOfMetadataIsNoFinding() {
    assertThat(
            HostHeader.foreign(
                Answers.of(400, "application/json", "{\"error_uri\":\"https://docs.example/\"}"),
                metadata("https://as.example")))
        .isEmpty();
  }
}
