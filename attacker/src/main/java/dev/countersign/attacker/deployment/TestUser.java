package dev.countersign.attacker.deployment;

import java.util.List;
import java.util.Map;

/**
 * A person who can be played.
 *
 * @param name how the report calls the person
 * @param fill what is typed into form fields, by their names, on whatever page has them
 * @param press the buttons to press, by value, name or text: of those on a page, the first that
 *     stands here; a page with none of them has its first button pressed
 */
public record TestUser(String name, Map<String, String> fill, List<String> press) {

  /** Copies both. */
  public TestUser {
    fill = Map.copyOf(fill);
    press = List.copyOf(press);
  }

  /** The name alone. */
  @Override
  public String toString() {
    return "TestUser[" + name + "]";
  }
}
