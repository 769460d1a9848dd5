package dev.countersign.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  private static final JsonObject BUILT =
      JsonObject.builder()
          .put("text", "a\"\\\n\u0001ü😀")
          .put("number", 1750000000L)
          .put("truth", true)
          .put("list", List.of("a", "b"))
          .put("object", JsonObject.builder().put("b", 1).put("a", 2).build())
          .put("objects", List.of(JsonObject.builder().put("x", "y").build()))
          .put("maybe", Optional.of("there"))
          .put("not", Optional.empty())
          .build();

  @Test
  void readsEachTypeByItsReader() throws MalformedJsonException {
    assertThat(BUILT.string("text")).contains("a\"\\\n\u0001ü😀");
    assertThat(BUILT.integer("number")).contains(1750000000L);
    assertThat(BUILT.bool("truth")).contains(true);
    assertThat(BUILT.strings("list")).contains(List.of("a", "b"));
    assertThat(BUILT.object("object").orElseThrow().integer("a")).contains(2L);
    assertThat(BUILT.objects("objects").orElseThrow()).hasSize(1);
    assertThat(BUILT.string("maybe")).contains("there");
    assertThat(BUILT.has("not")).isFalse();
  }

  @Test
  void isTheSameWhenItIsWrittenAndReadAgain() throws MalformedJsonException {
    for (String number : List.of("1E0", "-10e00", "0E0", "100E-2", "1.0e1", "1E5", "1", "1.50")) {
      JsonObject read = JsonObject.parse("{\"n\":" + number + ",\"list\":[" + number + "]}");
      assertThat(JsonObject.parse(read.toJson())).as(number).isEqualTo(read);
    }
    assertThat(JsonObject.parse("{\"n\":1E0}")).isNotEqualTo(JsonObject.parse("{\"n\":1}"));
  }

  @Test
  void givesBackEmptyForWhatIsNotThere() throws MalformedJsonException {
    assertThat(BUILT.string("none")).isEmpty();
    assertThat(BUILT.integer("none")).isEmpty();
    assertThat(BUILT.number("none")).isEmpty();
    assertThat(BUILT.bool("none")).isEmpty();
    assertThat(BUILT.strings("none")).isEmpty();
    assertThat(BUILT.object("none")).isEmpty();
    assertThat(BUILT.objects("none")).isEmpty();
  }

  @Test
  void refusesAMemberOfAnotherType() {
    assertRefused(() -> BUILT.string("number"), "member number is not a string");
    assertRefused(() -> BUILT.integer("text"), "member text is not an integer");
    assertRefused(() -> BUILT.number("text"), "member text is not a number");
    assertRefused(() -> BUILT.bool("text"), "member text is not a boolean");
    assertRefused(() -> BUILT.strings("text"), "member text is not an array");
    assertRefused(() -> BUILT.strings("objects"), "member objects is not an array of strings");
    assertRefused(() -> BUILT.object("list"), "member list is not an object");
    assertRefused(() -> BUILT.objects("list"), "member list is not an array of objects");
  }

  @Test
  void saysWhichMemberIsOfAnotherTypeAndNamesNoneOtherwise() {
    MalformedJsonException wrong =
        catchThrowableOfType(MalformedJsonException.class, () -> BUILT.string("number"));
    MalformedJsonException none =
        catchThrowableOfType(MalformedJsonException.class, () -> JsonObject.parse("{"));
    assertThat(wrong.member()).contains("number");
    assertThat(none.member()).isEmpty();
  }

  @Test
  void neverTakesNullForAbsence() throws MalformedJsonException {
    JsonObject json = JsonObject.parse("{\"a\":null,\"l\":[null]}");

    assertThat(json.has("a")).isTrue();
    assertRefused(() -> json.string("a"), "member a is not a string");
    assertRefused(() -> json.object("a"), "member a is not an object");
    assertRefused(() -> json.strings("l"), "member l is not an array of strings");
  }

  @Test
  void takesOnlyWholeNumbersOf64BitsForIntegers() throws MalformedJsonException {
    JsonObject json =
        JsonObject.parse(
            "{\"max\":9223372036854775807,\"min\":-9223372036854775808,"
                + "\"over\":9223372036854775808,\"f\":1.0,\"e\":1e3}");

    assertThat(json.integer("max")).contains(Long.MAX_VALUE);
    assertThat(json.integer("min")).contains(Long.MIN_VALUE);
    assertRefused(() -> json.integer("over"), "member over is not an integer");
    assertRefused(() -> json.integer("f"), "member f is not an integer");
    assertRefused(() -> json.integer("e"), "member e is not an integer");
    assertThat(json.number("over")).contains(new BigDecimal("9223372036854775808"));
    assertThat(json.number("max")).contains(BigDecimal.valueOf(Long.MAX_VALUE));
    assertThat(json.number("f").orElseThrow()).isEqualByComparingTo("1");
  }

  @Test
  void writesCompactlyInTheOrderOfItsMembers() throws MalformedJsonException {
    assertThat(BUILT.object("object").orElseThrow().toJson()).isEqualTo("{\"b\":1,\"a\":2}");
  }

  @Test
  void writesWhatItReads() throws MalformedJsonException {
    assertThat(JsonObject.parse(BUILT.toBytes())).isEqualTo(BUILT).hasSameHashCodeAs(BUILT);
    String every = "{\"n\":null,\"t\":false,\"d\":-1.50,\"i\":123456789012345678901,\"l\":[[],{}]}";
    assertThat(JsonObject.parse(every).toJson()).isEqualTo(every);
  }

  @Test
  void isImmutable() throws MalformedJsonException {
    List<String> list = BUILT.strings("list").orElseThrow();

    assertThatThrownBy(() -> list.set(0, "x")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> BUILT.names().remove("text"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void copiesWhatItsBuilderGoesOnWith() {
    JsonObject.Builder builder = JsonObject.builder().put("a", "1");
    JsonObject first = builder.build();

    JsonObject second = builder.put("b", "2").build();

    assertThat(first.names()).containsExactly("a");
    assertThat(second.names()).containsExactly("a", "b");
    assertThat(first.toBuilder().put("c", "3").build().names()).containsExactly("a", "c");
  }

  @Test
  void refusesToPutAMemberTwiceOrAForeignType() {
    JsonObject.Builder builder = JsonObject.builder().put("a", "1");

    assertThatThrownBy(() -> builder.put("a", "2")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.put("b", List.of(1.5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.put("c", Optional.of(new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNamesOnly() {
    assertThat(JsonObject.builder().put("access_token", "s3cret").build())
        .hasToString("JsonObject[access_token]");
  }

  private static void assertRefused(ThrowingCallable reader, String reason) {
    assertThatThrownBy(reader).isInstanceOf(MalformedJsonException.class).hasMessage(reason);
  }

  @Test
  void writesALineForEachMemberForPeople() throws MalformedJsonException {
    JsonObject json = JsonObject.parse("{\"a\":[\"x\",{\"b\":1}],\"c\":{}}");
    assertThat(json.toIndentedJson())
        .isEqualTo(
            """
            {
              "a": [
                "x",
                {
                  "b": 1
                }
              ],
              "c": { }
            }\
            """);
    assertThat(JsonObject.parse(json.toIndentedJson())).isEqualTo(json);
  }

  @Test
  void writesArraysWithinArrays() {
    JsonObject json =
        JsonObject.builder().put("steps", List.of(List.of("wait", 10, true), List.of())).build();
    assertThat(json.toJson()).isEqualTo("{\"steps\":[[\"wait\",10,true],[]]}");
    assertThatThrownBy(() -> JsonObject.builder().put("b", List.of(List.of(1.5))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
