package dev.countersign.attacker.recipe.tls;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class TlsRecipes {
  private TlsRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(new OldVersions(), new WeakSuites(), new PlainHttp(), new WeakHandshake());
  }
}
