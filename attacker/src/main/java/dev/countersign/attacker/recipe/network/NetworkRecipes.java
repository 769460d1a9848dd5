package dev.countersign.attacker.recipe.network;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class NetworkRecipes {
  private NetworkRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(new RequestSmuggling());
  }
}
