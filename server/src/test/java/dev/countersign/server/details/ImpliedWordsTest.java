package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.details.ShownDetail.Value;
import dev.countersign.server.text.Texts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who allows a word allows what it implies, and reads that. */
@Requirement({"RAR-3.1-1"})
class ImpliedWordsTest {

  private static AuthorizationDetail detail(String json) throws Exception {
    return AuthorizationDetail.of(Types.json(json));
  }

  /** The values of the row of this label. */
  private static List<String> row(
      String language, ConsentTemplate template, String label, String json) throws Exception {
    return new Explainer(Texts.builtIn().choose(Optional.of(language), Headers.NONE))
        .explain(detail(json), template).rows().stream()
            .filter(row -> row.label().equals(label))
            .flatMap(row -> row.values().stream())
            .map(Value::text)
            .toList();
  }

  @Test
  void whoAllowsWritingReadsThatItIncludesReading() throws Exception {
    ConsentTemplate health = TypeDefinition.ready("health_record_access").consent();
    String write = "{\"type\":\"health_record_access\",\"actions\":[\"write\"]}";
    assertThat(row("en", health, "Allowed", write))
        .containsExactly("Add to it and change it", "Read it");
    assertThat(row("de", health, "Erlaubt", write))
        .containsExactly("Ergänzen und ändern", "Darin lesen");
    assertThat(row("en", health, "Allowed", write.replace("write", "read")))
        .containsExactly("Read it");
    assertThat(row("en", health, "Allowed", write.replace("\"write\"", "\"read\",\"write\"")))
        .containsExactly("Read it", "Add to it and change it");
  }

  @Test
  void soDoesWhoReadsATypeThatNobodyExplains() throws Exception {
    JsonObject file =
        Types.json(
            """
            {"type": "door", "sensitive": false, "use": "many", "personal": [],
             "schema": {"type": "object", "properties": {
               "type": {"const": "door"},
               "of": {"type": "object", "properties": {"may": {"enum": ["open", "look"]}}}}},
             "compare": {"/of/may": {"implies": {"open": ["look"]}}}}
            """);
    ConsentTemplate door = TypeDefinition.parse(file).consent();
    assertThat(row("en", door, "of may", "{\"type\":\"door\",\"of\":{\"may\":\"open\"}}"))
        .containsExactly("[\"open\",\"look\"]");
    assertThat(row("en", door, "of may", "{\"type\":\"door\",\"of\":{\"may\":\"look\"}}"))
        .containsExactly("look");
  }

  @Test
  void theFormCoversWhatIsImpliedToo() throws Exception {
    JsonObject file = TypeDefinition.ready("health_record_access").type().file();
    JsonObject without =
        Types.json(file.toJson().replace("{\"implies\":{\"write\":[\"read\"]}}", "\"subset\""));
    assertThat(TypeDefinition.parse(without).consent().source())
        .isNotEqualTo(TypeDefinition.parse(file).consent().source());
  }
}
