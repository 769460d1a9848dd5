package dev.countersign.it.fuzz;

import dev.countersign.protocol.authorization.ClaimsRequest;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.protocol.refusal.RefusalException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON, and parameters whose value is JSON. */
final class JsonTargets {
  /** As strict as it can be told to be. */
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Why our reader refuses what the grammar allows. */
  private static final Pattern OURS =
      Pattern.compile(
          "JSON (is longer than \\d+ bytes|is nested deeper than \\d+|names a member twice"
              + "|has a lone surrogate|has a number out of range)");

  /** Of half a pair of surrogates the library says only that something is wrong. */
  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9.eE+-]{40,}");

  static final List<Target<?>> ALL =
      List.of(
          new Target<>(
              "json-object",
              Set.of(MalformedJsonException.class),
              JsonTargets::object,
              JsonTargets::sameAgain),
          Target.ofText(
              "json-pointer",
              Set.of(MalformedJsonException.class, IllegalArgumentException.class),
              JsonTargets::place,
              JsonTargets::samePlace),
          Target.ofText(
              "claims-parameter",
              Set.of(RefusalException.class),
              ClaimsRequest::parse,
              JsonTargets::sameClaims),
          Target.ofText(
              "authorization-details",
              Set.of(RefusalException.class),
              AuthorizationDetails::parse,
              JsonTargets::sameDetails),
          Target.ofText(
              "detail-type",
              Set.of(MalformedJsonException.class, InvalidDetailTypeException.class),
              text -> DetailType.parse(JsonObject.parse(text)),
              (type, _) -> Holds.that(!type.name().isEmpty(), "a type has a name")));

  private JsonTargets() {}

  private static JsonObject object(byte[] utf8) throws MalformedJsonException {
    try {
      return JsonObject.parse(utf8);
    } catch (MalformedJsonException refused) {
      String text = Target.text(utf8);
      boolean wasUtf8 = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8);
      Holds.that(
          OURS.matcher(refused.reason()).matches()
              || SURROGATE.matcher(text).find()
              || LONG_NUMBER.matcher(text).find()
              || !wasUtf8
              || !JsonGrammar.isObject(text),
          "the grammar allows what is refused because " + refused.reason());
      throw refused;
    }
  }

  private static void sameAgain(JsonObject json, byte[] input) throws Exception {
    String text = Target.text(input);
    Holds.that(JsonGrammar.isObject(text), "the grammar allows what is taken");
    same(json, JACKSON.readTree(input));
    Holds.equal(JsonObject.parse(json.toBytes()), json, "written and read again");
    Holds.equal(JsonObject.parse(json.sorted().toJson()), json, "sorted");
    Holds.equal(JsonObject.parse(json.toIndentedJson()), json, "indented");
    Holds.equal(
        JsonObject.parse(json.sorted().toJson()).sorted().toJson(),
        json.sorted().toJson(),
        "the sorted text");
    Holds.linear(json.toJson(), text);
    for (String name : json.names()) {
      Holds.equal(
          JsonObject.parse("{\"v\":" + json.memberJson(name).orElseThrow() + "}").value("v"),
          json.value(name),
          "a member alone");
    }
  }

  /** Whether a value of ours is what Jackson has at the same place. */
  static void same(Object ours, JsonNode theirs) {
    switch (ours) {
      case JsonObject object -> {
        Holds.that(theirs.isObject() && theirs.size() == object.names().size(), "an object");
        for (String name : object.names()) {
          same(object.value(name).orElseThrow(), theirs.get(name));
        }
      }
      case List<?> list -> {
        Holds.that(theirs.isArray() && theirs.size() == list.size(), "an array");
        for (int i = 0; i < list.size(); i++) {
          same(list.get(i), theirs.get(i));
        }
      }
      case String text -> Holds.equal(text, theirs.asString(), "a string");
      case Boolean truth -> Holds.equal(truth, theirs.asBoolean(), "a truth value");
      case Number number ->
          Holds.that(
              theirs.isNumber()
                  && new BigDecimal(number.toString()).compareTo(theirs.decimalValue()) == 0,
              "a number");
      default -> Holds.that(theirs.isNull(), "null");
    }
  }

  /** A pointer and an object in the line below it. */
  private record Place(JsonPointer pointer, JsonObject json) {}

  private static Place place(String text) throws MalformedJsonException {
    int end = Math.max(text.indexOf('\n'), 0);
    JsonObject json = JsonObject.parse(text.substring(end));
    return new Place(JsonPointer.parse(text.substring(0, end)), json);
  }

  private static void samePlace(Place place, String text) throws Exception {
    String written = text.substring(0, Math.max(text.indexOf('\n'), 0));
    Holds.equal(place.pointer().toString(), written, "the pointer as it is written");
    Optional<Object> found = place.pointer().find(place.json());
    JsonNode theirs = JACKSON.readTree(place.json().toJson()).at(written);
    Holds.equal(found.isPresent(), !theirs.isMissingNode(), "whether there is something");
    found.ifPresent(value -> same(value, theirs));
    AuthorizationDetail detail =
        AuthorizationDetail.of(place.json().without("type").toBuilder().put("type", "any").build());
    asked(() -> detail.text(written));
    asked(() -> detail.texts(written));
    asked(() -> detail.number(written));
    asked(() -> detail.date(written));
  }

  /** What is asked of a detail is answered or refused. */
  private static void asked(Question question) throws Exception {
    try {
      question.ask();
    } catch (MalformedJsonException | IllegalArgumentException refused) {
      Holds.that(!String.valueOf(refused.getMessage()).isEmpty(), "the refusal says why");
    }
  }

  /** One question. */
  @FunctionalInterface
  private interface Question {
    Object ask() throws Exception;
  }

  private static void sameClaims(ClaimsRequest claims, String text) {
    Holds.equal(ClaimsRequest.parse(claims.toJson()), claims, "written and read again");
    Holds.that(
        claims.toJson().getBytes(StandardCharsets.UTF_8).length
            <= text.getBytes(StandardCharsets.UTF_8).length,
        "never longer than it was");
  }

  private static void sameDetails(AuthorizationDetails details, String text) throws Exception {
    Holds.equal(AuthorizationDetails.parse(details.toJson()), details, "written and read again");
    Holds.linear(details.toJson(), text);
    Holds.that(details.list().size() <= AuthorizationDetails.MOST, "not too many");
    for (AuthorizationDetail detail : details.list()) {
      JsonObject again = JsonObject.parse(detail.canonical());
      Holds.equal(AuthorizationDetail.of(again), detail, "the canonical text");
    }
  }
}
