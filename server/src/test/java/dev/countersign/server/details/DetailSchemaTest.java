package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** What is wrong with an object of a type that has one member more. */
  private static String faultOfMember(String schema, String value) {
    return fault(
        "{'properties':{'type':{'const':'t'},'a':" + schema + "}}",
        "{'type':'t','a':" + value + "}");
  }

  private static InvalidDetailTypeException refused(String schema) {
    InvalidDetailTypeException fault =
        catchThrowableOfType(
            InvalidDetailTypeException.class, () -> DetailSchema.of("t", json(schema)));
    assertThat(fault).as("nothing was refused").isNotNull();
    return fault;
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
        "{'type':'string'}                  | 'x'               | none",
        "{'type':'string'}                  | 1                 | /a does not meet type",
        "{'type':'string','format':'date'}  | '2026-02-28'      | none",
        "{'type':'string','format':'date'}  | '2026-02-29'      | /a does not meet format",
        "{'type':'string','format':'uri'}   | '/relative'       | /a does not meet format",
        "{'type':'object'}                  | {}                | none",
        "{'type':'object'}                  | {'b':1}           | /a/* does not meet"
            + " unevaluatedProperties",
        "{'properties':{'b':{}}}            | {'b':1}           | none",
        "{'properties':{'b':{}}}            | {'b':{'c':1}}     | /a/b/* does not meet"
            + " unevaluatedProperties",
        "{'properties':{'b':{}}}            | {'b':[1]}         | /a/b does not meet"
            + " unevaluatedItems",
        "{'type':'array'}                   | []                | none",
        "{'type':'array'}                   | [1]               | /a does not meet"
            + " unevaluatedItems",
        "{'type':'array','items':{'type':['string','object']}} | ['x',{}] | none",
        "{'type':'array','items':{'type':['string','object']}} | [{'b':1}] | /a/0/* does not meet"
            + " unevaluatedProperties",
        "{'prefixItems':[{'type':'string'}]} | ['x']            | none",
        "{'prefixItems':[{'type':'string'}]} | ['x','y']        | /a does not meet"
            + " unevaluatedItems",
        "{'enum':[{'b':1}]}                 | {'b':1}           | none",
        "{'enum':[{'b':1}]}                 | {'b':2}           | /a does not meet enum",
        "{'additionalProperties':{'type':'integer'}} | {'b':1}  | none",
        "{'additionalProperties':{'type':'integer'}} | {'b':'x'} | /a/* does not meet type",
        "{'patternProperties':{'^x-':{'type':'integer'}}} | {'x-b':1} | none",
        "{'patternProperties':{'^x-':{'type':'integer'}}} | {'b':1} | /a/* does not meet"
            + " unevaluatedProperties",
        "{'properties':{'b':{}},'additionalProperties':false} | {'c':1} | /a/* does not meet"
            + " additionalProperties"
      })
  @Requirement({"RAR-5-1"})
  void allowsWhatIsDescribedAndNothingElse(String schema, String value, String fault) {
    assertThat(faultOfMember(schema, value)).isEqualTo(fault);
  }

  @Test
  @Requirement({"RAR-5-1"})
  void closesAnObjectThatSeveralBranchesDescribe() {
    String schema =
        "{'properties':{'type':{}},'allOf':[{'$ref':'#/$defs/b'},{'properties':{'c':{}}}],"
            + "'$defs':{'b':{'properties':{'b':{'type':'integer'}}}}}";
    assertThat(fault(schema, "{'type':'t','b':1,'c':2}")).isEqualTo("none");
    assertThat(fault(schema, "{'type':'t','b':1,'c':2,'d':3}"))
        .isEqualTo("/* does not meet unevaluatedProperties");
    assertThat(fault(schema, "{'type':'t','b':'x'}")).isEqualTo("/b does not meet type");
  }

  @Test
  @Requirement({"RAR-5-1"})
  void aConditionDescribesNothing() {
    String schema =
        "{'properties':{'type':{},'b':{}},'if':{'properties':{'b':{'const':1},'c':{}}},"
            + "'then':{'properties':{'d':{}}}}";
    assertThat(fault(schema, "{'type':'t','b':1,'d':2}")).isEqualTo("none");
    assertThat(fault(schema, "{'type':'t','b':2,'d':2}"))
        .isEqualTo("/d does not meet unevaluatedProperties");
    assertThat(fault(schema, "{'type':'t','b':1,'c':2}"))
        .isEqualTo("/c does not meet unevaluatedProperties");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'properties':{'type':{},'a':true}}                   | /schema/properties/a",
        "{'properties':{'type':{}},'additionalProperties':true} | /schema/additionalProperties",
        "{'properties':{'type':{}},'unevaluatedProperties':true} | /schema/unevaluatedProperties",
        "{'properties':{'type':{},'a':{'items':true}}}         | /schema/properties/a/items",
        "{'properties':{'type':{},'a':{'contains':{}}}}        | /schema/properties/a/contains",
        "{'properties':{'type':{},'a':1}}                      | /schema/properties/a",
        "{'properties':{'type':{}},'requierd':['a']}           | /schema/requierd",
        "{'properties':{'type':{}},'$id':'https://a.example'}  | /schema/$id",
        "{'properties':{'type':{}},'required':'a'}             | /schema/required",
        "{'properties':{'type':{},'a':{'type':'text'}}}        | /schema/properties/a/type",
        "{'properties':{'type':{},'a':{'format':'iban'}}}      | /schema/properties/a/format",
        "{'properties':{'type':{},'a':{'pattern':'['}}}        | /schema/properties/a/pattern",
        "{'properties':{'type':{},'a':{'$ref':'https://a.example/b'}}} | /schema/properties/a/$ref",
        "{'properties':{'type':{},'a':{'$ref':'other.json'}}}  | /schema/properties/a/$ref",
        "{'properties':{'type':{},'a':{'$ref':'#/$defs/none'}}} | /schema/properties/a/$ref",
        "{'properties':{'type':{},'a':{'$ref':'#none'}}}       | /schema/properties/a/$ref",
        "{'properties':{'type':{},'a':{'$ref':7}}}             | /schema/properties/a/$ref",
        "{'properties':{'type':{},'a':{'$dynamicRef':'#b'}}}   | /schema/properties/a/$dynamicRef",
        "{'properties':{'type':{}},'allOf':[1]}                | /schema/allOf/0",
        "{'properties':{'type':{}},'allOf':{}}                 | /schema/allOf",
        "{'$schema':'http://json-schema.org/draft-07/schema#','properties':{'type':{}}}"
            + " | /schema/$schema",
        "{'properties':{'a':{}}}                               | /schema",
        "{'properties':{'type':{'const':'u'}}}                 | /schema",
        "{'$ref':'#'}                                          | /schema"
      })
  @Requirement({"RAR-5-1"})
  void refusesASchemaThatIsNoneOrLeavesSomethingOpen(String schema, String place) {
    assertThat(refused(schema).where()).hasToString(place);
  }

  @Test
  void takesTheWholeOfASchemaThatSaysWhatItIs() {
    assertThat(
            fault(
                "{'$schema':'https://json-schema.org/draft/2020-12/schema','title':'T',"
                    + "'properties':{'type':{'$ref':'#name'}},"
                    + "'$defs':{'name':{'$anchor':'name','type':'string'}}}",
                "{'type':'t'}"))
        .isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "(.*a){20}b"})
  @Requirement({"RAR-5-1", "ATT-83"})
  void givesUpAnExpressionThatTakesTooLong(String pattern) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(
                    faultOfMember(
                        "{'type':'string','pattern':'" + pattern + "'}",
                        "'" + "a".repeat(5000) + "!'"))
                .isEqualTo(" does not meet its schema within the bounds of time"));
  }

  @Test
  @Requirement({"RAR-5-1", "ATT-83"})
  void neverTakesANegatedExpressionThatTakesTooLong() {
    assertThat(
            faultOfMember(
                "{'type':'string','not':{'pattern':'^(a+)+$'}}", "'" + "a".repeat(5000) + "!'"))
        .isEqualTo(" does not meet its schema within the bounds of time");
  }

  /** Each search alone would be within bounds. */
  @Test
  @Requirement({"RAR-5-1", "ATT-83"})
  void allSearchesOfARequestShareOneBound() {
    DetailSchema schema =
        schema(
            "{'properties':{'type':{},'a':{'type':'array','items':"
                + "{'type':'string','pattern':'a*b'}}}}");
    JsonObject few = json("{'type':'t','a':[" + texts(5) + "]}");
    JsonObject many = json("{'type':'t','a':[" + texts(60) + "]}");
    assertThat(schema.check(few).orElseThrow()).hasToString("/a/0 does not meet pattern");
    assertThat(schema.check(many).orElseThrow())
        .hasToString(" does not meet its schema within the bounds of time");
    Effort together = Effort.on(few);
    for (int i = 0; i < 3; i++) {
      assertThat(schema.check(few, together).orElseThrow())
          .hasToString("/a/0 does not meet pattern");
    }
    assertThat(
            IntStream.range(0, 9)
                .mapToObj(_ -> schema.check(few, together).orElseThrow().toString()))
        .contains(" does not meet its schema within the bounds of time");
  }

  /** Texts at which the expression looks about 40 000 times each. */
  private static String texts(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "'" + "a".repeat(200) + "'")
        .collect(Collectors.joining(","));
  }

  @Test
  @Requirement({"RAR-5-1", "ATT-83"})
  void theStepsOfARequestAreSharedByItsObjects() throws MalformedJsonException {
    JsonObject small = json("{'type':'t'}");
    JsonObject large = json("{'type':'t','a':'" + "x".repeat(10_000) + "'}");
    Effort alone = Effort.on(large);
    Effort together = Effort.on(AuthorizationDetails.of(List.of(large, small, small)));
    assertThat(alone.steps(large)).isEqualTo(500_000);
    assertThat(together.steps(small)).isBetween(80_000L, 100_000L);
    assertThat(together.steps(large) + 2 * together.steps(small)).isBetween(499_990L, 500_000L);
  }

  @Test
  @Requirement({"RAR-5-1", "ATT-83"})
  void givesUpASchemaThatTakesTooManySteps() {
    StringBuilder defs = new StringBuilder("'d0':{'type':'integer'}");
    for (int i = 1; i < 24; i++) {
      String before = "{'$ref':'#/$defs/d" + (i - 1) + "'}";
      defs.append(",'d" + i + "':{'allOf':[" + before + "," + before + "]}");
    }
    String schema = "{'properties':{'type':{},'a':{'$ref':'#/$defs/d23'}},'$defs':{" + defs + "}}";
    assertThat(fault(schema, "{'type':'t','a':1}"))
        .isEqualTo(" does not meet its schema within the bounds of time");
  }
}
