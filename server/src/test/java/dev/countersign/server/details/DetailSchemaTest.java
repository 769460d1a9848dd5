package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every object is closed, everything is bounded, nothing is fetched. */
class DetailSchemaTest {

  private static JsonObject json(String text) {
    try {
      return JsonObject.parse(text.replace('\'', '"'));
    } catch (MalformedJsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static DetailSchema schema(String text) {
    try {
      return DetailSchema.of("t", json(text));
    } catch (InvalidDetailTypeException e) {
      throw new AssertionError(text, e);
    }
  }

  private static String fault(String schema, String object) {
    return schema(schema).check(json(object)).map(DetailSchema.Fault::toString).orElse("none");
  }

  @Test
  void readyTypesAreRight() {
    for (String name : DetailType.READY) {
      assertThat(TypeDefinition.ready(name).name()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'properties':{'type':{}}} | {'type':'t'} | none",
        "{'properties':{'type':{}}} | {'type':'t','x':1} | /x does not meet unevaluatedProperties",
        "{'properties':{'type':{},'a':{'type':'object','properties':{'b':{'type':'string'}}}}}"
            + " | {'type':'t','a':{'c':1}} | /a/c does not meet unevaluatedProperties",
        "{'properties':{'type':{},'a':{'type':'array'}}} | {'type':'t','a':[1]}"
            + " | /a does not meet unevaluatedItems",
        "{'properties':{'type':{},'a':{'format':'date','type':'string'}}} | {'type':'t','a':'x'}"
            + " | /a does not meet format",
      })
  void closes(String schema, String object, String fault) {
    assertThat(fault(schema, object)).isEqualTo(fault);
  }

  @Test
  void isEmpty() {
    assertThat(schema("{'properties':{'type':{}}}").check(json("{'type':'t'}")))
        .isEqualTo(Optional.empty());
  }
}
