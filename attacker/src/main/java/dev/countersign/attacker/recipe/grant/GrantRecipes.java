package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class GrantRecipes {
  private GrantRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new ForeignGrant(),
        new GrantApiByOthers(),
        new GrantGrowth(),
        new DetailsInjection(),
        new ReplacedGrant());
  }
}
