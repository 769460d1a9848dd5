package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class TokenRecipes {
  private TokenRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new CapturedRequest(),
        new KeyBoundCode(),
        new ProofElsewhere(),
        new RefreshForeign(),
        new RefreshNewKey(),
        new RefreshWider(),
        new RefreshTwice(),
        new RevokeForeign(),
        new Unbound());
  }
}
