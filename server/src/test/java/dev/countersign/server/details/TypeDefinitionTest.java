package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file has to say of places and ends. */
class TypeDefinitionTest {
  @Test
  @Requirement({"RAR-9.1-1"})
  void locationsOfASchemaAreStrings() {
    String file =
        """
        {"type": "door", "resources": ["https://b.example.com"], "personal": [],
         "schema": {"properties": {"type": {}, "locations": {LOCATIONS}}},
         "sensitive": false, "use": "many"}
        """;
    for (String right :
        List.of(
            "'type':'array','items':{'type':'string','format':'uri'}",
            "'type':'array','items':{'enum':['https://b.example.com']}",
            "'allOf':[{'type':'array'},{'type':'array','items':{'type':'string'}}]")) {
      assertThat(parsed(file, right)).isEqualTo("right");
    }
    for (String wrong :
        List.of(
            "'type':'string'",
            "'type':'array'",
            "'type':'array','items':{}",
            "'type':'array','items':{'enum':['https://b.example.com',1]}",
            "'type':'array','items':{'type':['string','object']}",
            "'type':['array','string'],'items':{'type':'string'}",
            "'items':{'type':'string'}")) {
      assertThat(parsed(file, wrong)).as(wrong).isEqualTo("/schema/properties/locations");
    }
  }

  private static String parsed(String file, String locations) {
    try {
      TypeDefinition.parse(Types.json(file.replace("LOCATIONS", locations.replace('\'', '"'))));
      return "right";
    } catch (InvalidDetailTypeException e) {
      return e.where().toString();
    }
  }

  @Test
  void anEndIsADateOfTheSchema() throws InvalidDetailTypeException {
    String file =
        """
        {"type": "t", "personal": [], "sensitive": false, "use": "many", "until": "/for/until",
         "schema": {"properties": {"type": {}, "for": {"$ref": "#/$defs/for"}},
                    "$defs": {"for": {"properties": {"until": {"type": "string",
                                                               "format": "date"}}}}}}
        """;
    assertThat(TypeDefinition.parse(Types.json(file)).type().until()).isPresent();
    for (String other :
        List.of(
            file.replace("\"date\"", "\"date-time\""),
            file.replace("\"string\"", "\"integer\""),
            file.replace("/for/until", "/for"),
            file.replace("/for/until", "/until"))) {
      assertThat(
              catchThrowableOfType(
                      InvalidDetailTypeException.class,
                      () -> TypeDefinition.parse(Types.json(other)))
                  .where())
          .hasToString("/until");
    }
  }
}
