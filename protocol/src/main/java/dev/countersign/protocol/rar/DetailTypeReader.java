package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.RefusalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the file of a type, strictly: what it does not know, it refuses. For one file. */
final class DetailTypeReader {
  private static final Set<String> MEMBERS =
      Set.of(
          "type",
          "schema",
          "compare",
          "unbounded",
          "merge",
          "personal",
          "sensitive",
          "without_person",
          "use",
          "until",
          "resources",
          "consent");

  private static final Map<Object, ComparisonRule> RULES =
      Map.of(
          "equal", new ComparisonRule.Equal(),
          "subset", new ComparisonRule.Subset(),
          "at_most", new ComparisonRule.AtMost(),
          "at_least", new ComparisonRule.AtLeast(),
          "any", new ComparisonRule.Any());

  private static final String WORDS = "equal, subset, at_most, at_least, any";
  private static final String MERGES = "keep_both, {replace_same: /member} or {join: /member}";

  private final JsonObject file;

  DetailTypeReader(JsonObject file) {
    this.file = file;
  }

  DetailType read() throws InvalidDetailTypeException {
    for (String member : file.names()) {
      if (!MEMBERS.contains(member)) {
        throw wrong(
            at(member), "is no member of a type; there are " + MEMBERS.stream().sorted().toList());
      }
    }
    String name = name();
    if (required("schema", file::object).names().isEmpty()) {
      throw wrong(at("schema"), "must say how an object looks");
    }
    optional("consent", file::object);
    DetailType.Use use = use();
    Merging merging = merging();
    if (use == DetailType.Use.ONCE && !(merging instanceof Merging.KeepBoth)) {
      throw wrong(
          at("merge"), "must be keep_both if use is once: a merged object would be a new one");
    }
    boolean forClientsAlone = optional("without_person", file::bool).orElse(false);
    if (use == DetailType.Use.ONCE && forClientsAlone) {
      throw wrong(
          at("without_person"), "must be false if use is once: there is no grant to count uses by");
    }
    Map<JsonPointer, ComparisonRule> rules = rules();
    return new DetailType(
        file,
        name,
        new Comparison(rules, unbounded()),
        merging,
        personal(),
        required("sensitive", file::bool),
        forClientsAlone,
        use,
        until(rules),
        resources());
  }

  private String name() throws InvalidDetailTypeException {
    String name = required("type", file::string);
    if (!name.matches("[!-~&&[^\"\\\\]]{1,255}")) {
      throw wrong(at("type"), "must be 1 to 255 visible ASCII characters (RAR-2.1-1)");
    }
    return name;
  }

  private DetailType.Use use() throws InvalidDetailTypeException {
    return switch (required("use", file::string)) {
      case "once" -> DetailType.Use.ONCE;
      case "many" -> DetailType.Use.MANY;
      default -> throw wrong(at("use"), "must be once or many");
    };
  }

  private Map<JsonPointer, ComparisonRule> rules() throws InvalidDetailTypeException {
    Map<JsonPointer, ComparisonRule> rules = new LinkedHashMap<>();
    JsonObject compare = optional("compare", file::object).orElse(JsonObject.builder().build());
    for (String member : compare.names()) {
      JsonPointer where = at("compare").child(member);
      JsonPointer place = place(where, member);
      if (place.equals(JsonPointer.WHOLE) || at("type").covers(place)) {
        throw wrong(where, "must name a member other than type");
      }
      for (JsonPointer other : rules.keySet()) {
        if (other.covers(place) || place.covers(other)) {
          throw wrong(where, "is within or around " + other + ", which has a rule");
        }
      }
      ComparisonRule rule = rule(where, compare.value(member).orElseThrow());
      if (at("locations").covers(place) && !keepsPlaces(rule)) {
        throw wrong(where, "must be equal or subset, or a token could be for other places");
      }
      rules.put(place, rule);
    }
    return rules;
  }

  private static boolean keepsPlaces(ComparisonRule rule) {
    return rule instanceof ComparisonRule.Equal || rule instanceof ComparisonRule.Subset;
  }

  private Set<JsonPointer> unbounded() throws InvalidDetailTypeException {
    Set<JsonPointer> places = new LinkedHashSet<>();
    for (String text : optional("unbounded", file::strings).orElse(List.of())) {
      JsonPointer place = place(at("unbounded"), text);
      if (place.equals(JsonPointer.WHOLE) || at("type").covers(place)) {
        throw wrong(at("unbounded"), "must name members other than type");
      }
      places.add(place);
    }
    return places;
  }

  private static ComparisonRule rule(JsonPointer where, Object value)
      throws InvalidDetailTypeException {
    if (value instanceof JsonObject object && object.names().equals(Set.of("implies"))) {
      return implies(where.child("implies"), object);
    }
    return Optional.ofNullable(RULES.get(value))
        .orElseThrow(() -> wrong(where, "must be one of " + WORDS + " or {implies: {...}}"));
  }

  private static ComparisonRule implies(JsonPointer where, JsonObject rule)
      throws InvalidDetailTypeException {
    try {
      JsonObject words = rule.object("implies").orElseThrow();
      Map<String, List<String>> direct = new LinkedHashMap<>();
      for (String word : words.names()) {
        direct.put(word, words.strings(word).orElseThrow());
      }
      return ComparisonRule.Implies.of(direct);
    } catch (MalformedJsonException e) {
      throw wrong(
          where, "must say of words which words each implies, for instance {write: [read]}");
    }
  }

  private Merging merging() throws InvalidDetailTypeException {
    JsonPointer where = at("merge");
    Object rule = file.value("merge").orElse("keep_both");
    if (rule.equals("keep_both")) {
      return new Merging.KeepBoth();
    }
    if (rule instanceof JsonObject object && object.names().size() == 1) {
      if (object.isString("replace_same")) {
        return new Merging.ReplaceSame(member(where.child("replace_same"), object, "replace_same"));
      }
      if (object.isString("join")) {
        JsonPointer place = member(where.child("join"), object, "join");
        if (place.tokens().size() != 1) {
          throw wrong(where.child("join"), "must name a member of the object itself");
        }
        return new Merging.Join(place.tokens().getFirst());
      }
    }
    throw wrong(where, "must be " + MERGES);
  }

  private static JsonPointer member(JsonPointer where, JsonObject rule, String name)
      throws InvalidDetailTypeException {
    JsonPointer place = place(where, String.valueOf(rule.value(name).orElseThrow()));
    if (place.equals(JsonPointer.WHOLE) || at("type").covers(place)) {
      throw wrong(where, "must name a member other than type");
    }
    return place;
  }

  private List<JsonPointer> personal() throws InvalidDetailTypeException {
    List<JsonPointer> places = new ArrayList<>();
    for (String text : required("personal", file::strings)) {
      JsonPointer place = place(at("personal"), text);
      if (place.equals(JsonPointer.WHOLE) || at("type").covers(place)) {
        throw wrong(at("personal"), "must name members other than type");
      }
      places.add(place);
    }
    return places;
  }

  /** No rule may let a token name a later day than its grant does. */
  private Optional<JsonPointer> until(Map<JsonPointer, ComparisonRule> rules)
      throws InvalidDetailTypeException {
    if (!file.has("until")) {
      return Optional.empty();
    }
    JsonPointer where = at("until");
    JsonPointer place = place(where, required("until", file::string));
    if (place.equals(JsonPointer.WHOLE) || at("type").covers(place)) {
      throw wrong(where, "must name a member other than type");
    }
    for (Map.Entry<JsonPointer, ComparisonRule> one : rules.entrySet()) {
      boolean concerned = one.getKey().covers(place) || place.covers(one.getKey());
      boolean strict =
          one.getValue() instanceof ComparisonRule.Equal
              || one.getValue() instanceof ComparisonRule.AtMost;
      if (concerned && !strict) {
        throw wrong(where, "must be compared by at_most or equal, or it could be put off");
      }
    }
    return Optional.of(place);
  }

  private List<ResourceIndicator> resources() throws InvalidDetailTypeException {
    List<ResourceIndicator> resources = new ArrayList<>();
    Optional<List<String>> texts = optional("resources", file::strings);
    if (texts.filter(List::isEmpty).isPresent()) {
      throw wrong(at("resources"), "must not be empty; leave it out if the type is for any");
    }
    for (String text : texts.orElse(List.of())) {
      try {
        resources.add(new ResourceIndicator(text));
      } catch (IllegalArgumentException | RefusalException e) {
        throw wrong(at("resources"), "must be absolute URIs without fragment (RFC 8707 section 2)");
      }
    }
    return resources;
  }

  /** A reader of a member. */
  @FunctionalInterface
  private interface Member<T> {
    Optional<T> read(String name) throws MalformedJsonException;
  }

  private static <T> T required(String name, Member<T> member) throws InvalidDetailTypeException {
    return optional(name, member).orElseThrow(() -> wrong(at(name), "is missing"));
  }

  private static <T> Optional<T> optional(String name, Member<T> member)
      throws InvalidDetailTypeException {
    try {
      return member.read(name);
    } catch (MalformedJsonException e) {
      throw wrong(at(name), e.reason());
    }
  }

  private static JsonPointer place(JsonPointer where, String text)
      throws InvalidDetailTypeException {
    try {
      return JsonPointer.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(where, "must be a JSON pointer (RFC 6901), for instance /accounts");
    }
  }

  private static JsonPointer at(String member) {
    return JsonPointer.WHOLE.child(member);
  }

  private static InvalidDetailTypeException wrong(JsonPointer where, String fault) {
    return new InvalidDetailTypeException(where, fault);
  }
}
