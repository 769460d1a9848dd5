package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class RegistrationRecipes {
  private RegistrationRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new ClientIdOfUser(),
        new ForeignRegistration(),
        new ServerSideFetch(),
        new RegistrationAbuse(),
        new RotatedKey());
  }
}
