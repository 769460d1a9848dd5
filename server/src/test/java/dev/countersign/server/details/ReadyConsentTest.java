package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.text.LocalText;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The consent sections of the types that come with the product. */
@Requirement({"RAR-3.1-1"})
class ReadyConsentTest {

  static List<String> ready() {
    return List.of(
        "payment_initiation", "account_information", "health_record_access", "document_signing");
  }

  private static JsonObject file(String type) throws Exception {
    try (InputStream in = AuthorizationDetails.class.getResourceAsStream(type + ".json")) {
      return JsonObject.parse(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("ready")
  void showEveryMemberInEnglishAndGerman(String type) throws Exception {
    JsonObject file = file(type);
    ConsentTemplate template =
        ConsentTemplate.read(
            file.object("consent").orElseThrow(), file.object("schema").orElseThrow());
    assertThat(template.rows()).isNotEmpty();
    assertThat(
            Stream.concat(
                Stream.of(template.title()),
                template.rows().stream().map(ConsentTemplate.Row::label)))
        .extracting(LocalText::byLanguage)
        .allSatisfy(texts -> assertThat(texts).containsOnlyKeys("en", "de"));
  }
}
