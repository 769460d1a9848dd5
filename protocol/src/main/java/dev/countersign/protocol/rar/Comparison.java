package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.requirement.Enforces;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When one object of a type is within another: if each member is, by its rule. A member without a
 * rule must be equal; of an object without a rule, each of its members is looked at. A member that
 * only one of the two has is not within, unless its rule is {@code any}: what an absent member
 * means is the type's own matter, and it may mean "without a bound". Where the type says that it
 * does, a member that only {@code asked} has is within. Immutable.
 */
final class Comparison {
  private final Map<JsonPointer, ComparisonRule> rules;
  private final Set<JsonPointer> unbounded;

  /**
   * Compares by these rules.
   *
   * @param unbounded members that bound nothing where a granted object does not have them
   */
  Comparison(Map<JsonPointer, ComparisonRule> rules, Set<JsonPointer> unbounded) {
    this.rules = Map.copyOf(rules);
    this.unbounded = Set.copyOf(unbounded);
  }

  /** Whether {@code asked} allows nothing that {@code granted} does not. */
  @Enforces({"RAR-6.1-1"})
  boolean isWithin(JsonObject asked, JsonObject granted) {
    return isWithin(JsonPointer.WHOLE, asked, granted);
  }

  /** An object with all words that its words imply. */
  JsonObject withImplied(JsonObject object) {
    return withImplied(JsonPointer.WHOLE, object);
  }

  private JsonObject withImplied(JsonPointer at, JsonObject object) {
    JsonObject.Builder all = JsonObject.builder();
    for (String name : object.names()) {
      JsonPointer place = at.child(name);
      Object value = object.value(name).orElseThrow();
      if (rules.get(place) instanceof ComparisonRule.Implies rule) {
        all.putValue(name, rule.withImplied(value));
      } else if (value instanceof JsonObject inner) {
        all.put(name, withImplied(place, inner));
      } else {
        all.putValue(name, value);
      }
    }
    return all.build();
  }

  private boolean isWithin(JsonPointer at, JsonObject asked, JsonObject granted) {
    Set<String> names = new HashSet<>(asked.names());
    names.addAll(granted.names());
    return names.stream()
        .allMatch(name -> isWithin(at.child(name), asked.value(name), granted.value(name)));
  }

  private boolean isWithin(JsonPointer at, Optional<Object> asked, Optional<Object> granted) {
    Optional<ComparisonRule> rule = Optional.ofNullable(rules.get(at));
    if (rule.isPresent() && rule.get() instanceof ComparisonRule.Any) {
      return true;
    }
    if (asked.isEmpty() || granted.isEmpty()) {
      return granted.isEmpty() && unbounded.contains(at);
    }
    if (rule.isEmpty()
        && asked.get() instanceof JsonObject part
        && granted.get() instanceof JsonObject whole) {
      return isWithin(at, part, whole);
    }
    return rule.orElseGet(ComparisonRule.Equal::new).isWithin(asked.get(), granted.get());
  }
}
