package dev.countersign.attacker.recipe.grant;

import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be wrong about authorization details, made of details that are right. */
final class WrongDetails {
  private static final int DEEP = 200;
  private static final int VERY_DEEP = 20_000;
  private static final int HUGE = 2_000;

  private final JsonObject right;
  private final String text;
  private final List<Wrong> all = new ArrayList<>();

  private WrongDetails(JsonObject right) {
    this.right = right;
    this.text = right.toJson();
  }

  /**
   * Details that must be refused.
   *
   * @param what what is wrong, in words
   * @param json the parameter
   * @param must whether taking them is an attack that succeeded; otherwise it is odd
   */
  record Wrong(String what, String json, boolean must) {}

  /** All of them. */
  static List<Wrong> of(JsonObject right) {
    WrongDetails wrong = new WrongDetails(right);
    wrong.types();
    wrong.members();
    wrong.shapes();
    wrong.sizes();
    return List.copyOf(wrong.all);
  }

  private void add(String what, String json) {
    all.add(new Wrong(what, json, true));
  }

  private void odd(String what, String json) {
    all.add(new Wrong(what, json, false));
  }

  private void addObject(String what, String json) {
    add(what, "[" + json + "]");
  }

  private void types() {
    String type = String.valueOf(right.value("type").orElse(""));
    for (String other :
        List.of(
            "countersign_unknown_type",
            type + " ",
            type.toUpperCase(Locale.ROOT) + "X",
            type + "' OR '1'='1",
            "<script>countersign()</script>",
            "../" + type,
            "")) {
      addObject("the unknown type \"" + other + "\"", Details.set(right, "type", other).toJson());
    }
    addObject("no type", right.without("type").toJson());
    for (String json : List.of("7", "null", "true", "[\"" + type + "\"]", "{}")) {
      addObject("a type of " + json, Details.raw(right, "type", json));
    }
    add("a right object and one of an unknown type", "[" + text + ",{\"type\":\"unknown\"}]");
  }

  private void members() {
    addObject("a member that the type does not have", Details.raw(right, "countersign", "\"x\""));
    addObject("the member __proto__", Details.raw(right, "__proto__", "{\"admin\":true}"));
    for (String name : right.names()) {
      if (name.equals("type")) {
        continue;
      }
      Object value = right.value(name).orElseThrow();
      String another = value instanceof String ? "{\"a\":\"b\"}" : "\"text\"";
      addObject(name + " of another JSON type", Details.raw(right, name, another));
      addObject(name + " as a number", Details.raw(right, name, "7"));
      if (value instanceof JsonObject inner) {
        addObject(
            "a member in " + name + " that it does not have",
            Details.raw(right, name, Details.raw(inner, "countersign", "\"x\"")));
      }
    }
    addObject(
        "a member that is there twice",
        text.substring(0, text.length() - 1) + ",\"type\":\"unknown\"}");
  }

  private void shapes() {
    add("an object in place of an array", text);
    add("an array in an array", "[[" + text + "]]");
    add("a text in an array", "[\"" + right.value("type").orElse("") + "\"]");
    add("null in an array", "[" + text + ",null]");
    add("null", "null");
    add("a text", "\"text\"");
    add("no JSON", "payment");
    add("something behind the array", "[" + text + "]x");
    add("a comma at the end", "[" + text + ",]");
    add("an array that does not end", "[" + text);
    add("a comment", "[" + text + "/* */]");
    add("a NUL", "[" + text + "\u0000]");
    odd("the same object twice", "[" + text + "," + text + "]");
  }

  private void sizes() {
    addObject("an extra member nested deep", Details.raw(right, "countersign", nested(DEEP)));
    add("arrays nested very deep", nested(VERY_DEEP));
    String padding = "x".repeat(HUGE * 10);
    addObject(
        "an extra member that is long", Details.raw(right, "countersign", "\"" + padding + "\""));
    odd("a huge array", "[" + (text + ",").repeat(HUGE - 1) + text + "]");
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}
