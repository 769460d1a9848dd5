package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.requirement.Enforces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How objects of a type that were allowed before and those that were added become one set. Each
 * rule says which objects belong together, and what they become; that does not change what belongs
 * together with them, so that merging is associative. Merging the same once more changes nothing.
 */
public sealed interface Merging {

  /** Objects of the same key become one. */
  Object key(AuthorizationDetail detail);

  /** What two objects of the same key become. */
  AuthorizationDetail combine(AuthorizationDetail earlier, AuthorizationDetail later);

  /**
   * All of {@code before} and {@code added}, merged by the rules of their types, in the order in
   * which they came first.
   *
   * @param ofType the rule of a type
   */
  @Enforces({"GM-5.2-4"})
  static AuthorizationDetails merge(
      AuthorizationDetails before,
      AuthorizationDetails added,
      Function<String, ? extends Merging> ofType) {
    Map<Object, AuthorizationDetail> merged = new LinkedHashMap<>();
    for (AuthorizationDetails set : List.of(before, added)) {
      for (AuthorizationDetail detail : set.list()) {
        Merging rule = ofType.apply(detail.type());
        // With itself: what joining makes of one object and of the same twice must be the same.
        merged.merge(rule.key(detail), rule.combine(detail, detail), rule::combine);
      }
    }
    return new AuthorizationDetails(List.copyOf(merged.values()));
  }

  /** Equal objects are there once, all others stay. */
  record KeepBoth() implements Merging {
    @Override
    public Object key(AuthorizationDetail detail) {
      return detail;
    }

    @Override
    public AuthorizationDetail combine(AuthorizationDetail earlier, AuthorizationDetail later) {
      return earlier;
    }
  }

  /**
   * Of objects with the same value at one place, the later one stays; those that have nothing there
   * stay all.
   *
   * @param place of the value
   */
  record ReplaceSame(JsonPointer place) implements Merging {
    @Override
    public Object key(AuthorizationDetail detail) {
      return place
          .find(detail.json())
          .<Object>map(value -> List.of(detail.type(), value))
          .orElse(detail);
    }

    @Override
    public AuthorizationDetail combine(AuthorizationDetail earlier, AuthorizationDetail later) {
      return later;
    }
  }

  /**
   * Objects that differ in one array alone become one, with the elements of all. With two arrays it
   * would not be so: together they allow each combination, and nobody agreed to that.
   *
   * @param member the name of the array
   */
  record Join(String member) implements Merging {

    /** What joined objects have in common. */
    private record Rest(JsonObject members) {}

    @Override
    public Object key(AuthorizationDetail detail) {
      return detail.json().isArray(member) ? new Rest(rest(detail)) : detail;
    }

    @Override
    public AuthorizationDetail combine(AuthorizationDetail earlier, AuthorizationDetail later) {
      if (!earlier.json().isArray(member)) {
        return earlier;
      }
      Set<Object> elements = new LinkedHashSet<>(elements(earlier));
      elements.addAll(elements(later));
      return earlier.with(rest(earlier).toBuilder().put(member, new ArrayList<>(elements)).build());
    }

    private List<?> elements(AuthorizationDetail detail) {
      return detail.json().value(member).orElse(List.of()) instanceof List<?> list
          ? list
          : List.of();
    }

    private JsonObject rest(AuthorizationDetail detail) {
      return detail.json().without(member);
    }
  }
}
