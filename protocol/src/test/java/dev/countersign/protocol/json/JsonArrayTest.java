package dev.countersign.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of objects, which stand alone in a parameter. */
class JsonArrayTest {

  @Test
  @Requirement("RAR-2-2")
  void readsObjectsInTheirOrderAndWritesThemAgain() throws MalformedJsonException {
    String text = "[{\"a\":1},{\"b\":[{\"c\":null}]},{}]";

    List<JsonObject> objects = JsonObject.parseArray(text, JsonLimits.DEFAULT);

    assertThat(objects).hasSize(3);
    assertThat(JsonObject.toJson(objects)).isEqualTo(text);
  }

  @Test
  void readsAnEmptyArray() throws MalformedJsonException {
    assertThat(JsonObject.parseArray(" [ ] ", JsonLimits.DEFAULT)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[",
        "[{}",
        "[{}]]",
        "[{}],[]",
        "[{}] {}",
        "[1]",
        "[\"a\"]",
        "[null]",
        "[[]]",
        "[{},3]",
        "[{\"a\":1,\"a\":1}]",
        "\uFEFF[]",
        "[{\"a\":\"\uD800\"}]"
      })
  @Requirement("RAR-5-1")
  void refusesWhatIsNoArrayOfObjects(String text) {
    assertThatThrownBy(() -> JsonObject.parseArray(text, JsonLimits.DEFAULT))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void countsTheArrayAsALevel() throws MalformedJsonException {
    JsonLimits two = new JsonLimits(100, 2);

    assertThat(JsonObject.parseArray("[{}]", two)).hasSize(1);
    assertThatThrownBy(() -> JsonObject.parseArray("[{\"a\":{}}]", two))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("JSON is nested deeper than 2");
  }

  @Test
  void refusesATextThatIsTooLong() {
    assertThatThrownBy(() -> JsonObject.parseArray("[{}]      ", new JsonLimits(9, 4)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("JSON is longer than 9 bytes");
  }
}
