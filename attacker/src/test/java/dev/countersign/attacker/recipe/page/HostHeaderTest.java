package dev.countersign.attacker.recipe.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.wire.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an answer names that it does not usually name. */
class HostHeaderTest {

  private static Answer answer(int status, String type, String body, String... fields) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("Content-Type", type));
    for (int i = 0; i < fields.length; i += 2) {
      all.add(Map.entry(fields[i], fields[i + 1]));
    }
    return new Answer(
        URI.create("https://as.example/x"),
        status,
        all,
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private static Answer metadata(String issuer) {
    return answer(
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
    Answer usual = answer(303, "text/html", "", "Location", "https://as.example/login/1");
    Answer other = answer(303, "text/html", "", "Location", "https://as.example/login/2");
    Answer plain = answer(303, "text/html", "", "Location", "http://as.example/login/3");
    assertThat(HostHeader.foreign(other, usual)).isEmpty();
    assertThat(HostHeader.foreign(plain, usual)).isEqualTo("http://as.example");
  }

  @Test
  void anErrorInPlaceOfMetadataIsNoFinding() {
    assertThat(
            HostHeader.foreign(
                answer(400, "application/json", "{\"error_uri\":\"https://docs.example/\"}"),
                metadata("https://as.example")))
        .isEmpty();
  }
}
