package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class PageRecipes {
  private PageRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new ReturnParameter(),
        new ConsentForgery(),
        new ConsentTampering(),
        new SessionFixation(),
        new Clickjacking(),
        new Markup(),
        new CredentialForwarding(),
        new CrossOriginAuthorization(),
        new LeakyHeaders(),
        new HostHeader(),
        new UserEnumeration());
  }
}
