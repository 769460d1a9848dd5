package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Lab;
import dev.countersign.protocol.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Authorization details that are right, and changes of single texts in them. */
final class Details {
  static final String NAME = "authorization_details";
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,4})?");

  private Details() {}

  /** The first client that asks for some. */
  static Caller client(Lab lab) {
    return lab.caller(0, client -> !client.authorizationDetails().isEmpty());
  }

  /** The first object that it asks for. */
  static JsonObject first(Caller client) {
    return client.client().authorizationDetails().getFirst();
  }

  /** As the parameter has it. */
  static String array(JsonObject... objects) {
    return JsonObject.toJson(List.of(objects));
  }

  /**
   * A text in an object, at whatever depth.
   *
   * @param path its JSON pointer
   * @param now what it is
   * @param with the whole object with another text there
   */
  record Place(String path, String now, java.util.function.Function<String, JsonObject> with) {}

  /** All texts but the type. */
  static List<Place> texts(JsonObject detail) {
    List<Place> found = new ArrayList<>();
    collect("", detail, UnaryOperator.identity(), found);
    found.removeIf(place -> place.path().equals("/type"));
    return found;
  }

  private static void collect(
      String path, JsonObject in, UnaryOperator<JsonObject> whole, List<Place> found) {
    for (String name : in.names()) {
      String here = path + "/" + name;
      switch (in.value(name).orElseThrow()) {
        case String text ->
            found.add(new Place(here, text, other -> whole.apply(set(in, name, other))));
        case JsonObject inner ->
            collect(here, inner, other -> whole.apply(set(in, name, other)), found);
        case List<?> list when list.stream().allMatch(String.class::isInstance) ->
            found.add(new Place(here, "", other -> whole.apply(set(in, name, List.of(other)))));
        default -> {
          // Numbers and truth values carry no text.
        }
      }
    }
  }

  /** The object with a larger amount; empty if it has none. */
  static Optional<JsonObject> larger(JsonObject detail) {
    return texts(detail).stream()
        .filter(place -> AMOUNT.matcher(place.now()).matches())
        .map(
            place ->
                place
                    .with()
                    .apply(new BigDecimal(place.now()).add(BigDecimal.TEN.pow(3)).toPlainString()))
        .findFirst();
  }

  /** The object with another value of a member. */
  static JsonObject set(JsonObject object, String name, Object value) {
    return object.without(name).toBuilder().putValue(name, value).build();
  }

  /** The object as text, with one member more that may be any JSON. */
  static String raw(JsonObject object, String name, String json) {
    String others = object.without(name).toJson();
    String open = others.substring(0, others.length() - 1);
    String join = open.length() > 1 ? "," : "";
    return open + join + "\"" + name + "\":" + json + "}";
  }
}
