package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules name members that objects of the type can have. */
@Requirement({"RAR-6.1-1", "RAR-13"})
class RulePlacesTest {
  private static final String FILE =
      """
      {"type": "door", "sensitive": false, "use": "many",
       "personal": ["/home", "/keys"],
       "compare": {"/until": "at_most", "/home/floor": "any", "/note": "any"},
       "unbounded": ["/until"], "until": "/until",
       "merge": {"join": "/keys"},
       "schema": {
         "type": "object",
         "properties": {
           "type": {"const": "door"},
           "until": {"type": "string", "format": "date"},
           "home": {"$ref": "#/$defs/home"},
           "keys": {"type": ["array", "null"], "items": {
             "type": "object", "properties": {"number": {"type": "integer"}}}},
           "tags": {"type": "object", "patternProperties": {"^x": {"type": "string"}}}},
         "dependentSchemas": {"until": {"properties": {"note": {"type": "string"}}}},
         "$defs": {"home": {"type": "object", "allOf": [
           {"properties": {"floor": {"type": "integer"}}}]}}}}
      """;

  @Test
  void takesThoseThatTheSchemaKnows() throws Exception {
    assertThat(TypeDefinition.parse(Types.json(FILE)).name()).isEqualTo("door");
    String tags = FILE.replace("\"/keys\"]", "\"/keys\", \"/tags/x-name\", \"/tags/x/y\"]");
    assertThat(TypeDefinition.parse(Types.json(tags)).type().personal()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"/keys\"]         | \"/kyes\"]         | /personal/1 | names /kyes, which is no member in"
            + " the schema; there are [/home, /keys, /note, /tags, /type, /until]",
        "\"/keys\"]         | \"/keys/0\"]       | /personal/1 | must end at /keys, which is",
        "\"/keys\"]         | \"/keys/number\"]  | /personal/1 | must end at /keys, which is",
        "\"/until\": \"at   | \"/util\": \"at    | /compare/~1util | names /util, which is no",
        "/home/floor        | /home/flor         | /compare/~1home~1flor | there are [/home/floor]",
        "/home/floor        | /home/floor/number | /compare/~1home~1floor~1number | there are []",
        "\"until\": \"/until\" | \"until\": \"/untill\" | /until | names /untill",
        "[\"/until\"]       | [\"/untill\"]      | /unbounded/0 | names /untill",
        "\"join\": \"/keys\" | \"join\": \"/key\" | /merge/join | names /key,",
        "\"join\": \"/keys\" | \"join\": \"/home\" | /merge/join | must be an array in the schema",
        "\"join\": \"/keys\" | \"replace_same\": \"/keys/0\" | /merge/replace_same | must end at"
      })
  void refusesASlipOfThePen(String text, String instead, String where, String fault) {
    assertThat(FILE).contains(text);
    InvalidDetailTypeException e =
        catchThrowableOfType(
            InvalidDetailTypeException.class,
            () -> TypeDefinition.parse(Types.json(FILE.replace(text, instead))));
    assertThat(e).isNotNull();
    assertThat(e.where()).hasToString(where);
    assertThat(e.fault()).contains(fault);
  }
}
