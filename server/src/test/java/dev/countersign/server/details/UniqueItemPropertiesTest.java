package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keyword that JSON Schema lacks. */
@Requirement({"RAR-5-1"})
class UniqueItemPropertiesTest {
  private static DetailSchema schema(String names) throws InvalidDetailTypeException {
    return DetailSchema.of(
        "t",
        Types.json(
            """
            {"properties": {
              "type": {"const": "t"},
              "a": {"uniqueItemProperties": %s, "items": {
                "properties": {"b": {"type": ["string", "integer"]}, "c": {"type": "string"}}}}}}
            """
                .formatted(names)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['b']      | [{'b':1},{'b':2},{'b':'1'}]                        | true",
        "['b']      | [{'b':1},{'b':2},{'b':1}]                          | false",
        "['b']      | [{'c':'x'},{'c':'x'},{}]                           | true",
        "['b','c']  | [{'b':1,'c':'x'},{'b':2,'c':'y'}]                  | true",
        "['b','c']  | [{'b':1,'c':'x'},{'b':2,'c':'x'}]                  | false",
        "['b']      | []                                                 | true",
        "['b']      | 'text'                                             | true"
      })
  void refusesTheSameValueTwice(String names, String array, boolean taken) throws Exception {
    String object = ("{'type':'t','a':" + array + "}").replace('\'', '"');
    assertThat(schema(names.replace('\'', '"')).check(Types.json(object)).isEmpty())
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"b\"", "[]", "[7]", "true", "{}"})
  void aWrongValueIsRefused(String names) {
    assertThatThrownBy(() -> schema(names))
        .isInstanceOf(InvalidDetailTypeException.class)
        .hasMessageContaining("uniqueItemProperties must be an array of names");
  }
}
