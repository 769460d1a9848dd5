package dev.countersign.attacker;

import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.recipe.flow.FlowRecipes;
import dev.countersign.attacker.recipe.grant.GrantRecipes;
import dev.countersign.attacker.recipe.jose.JoseRecipes;
import dev.countersign.attacker.recipe.lured.LuredRecipes;
import dev.countersign.attacker.recipe.network.NetworkRecipes;
import dev.countersign.attacker.recipe.page.PageRecipes;
import dev.countersign.attacker.recipe.registration.RegistrationRecipes;
import dev.countersign.attacker.recipe.resource.ResourceRecipes;
import dev.countersign.attacker.recipe.signing.SigningRecipes;
import dev.countersign.attacker.recipe.tls.TlsRecipes;
import dev.countersign.attacker.recipe.token.TokenRecipes;
import java.util.List;
import java.util.stream.Stream;

/** Every recipe, in the order of the run. */
public final class Recipes {
  private Recipes() {}

  /** All of them; those that judge a client first. */
  public static List<Recipe> all() {
    return Stream.of(
            LuredRecipes.all(),
            FlowRecipes.all(),
            JoseRecipes.all(),
            PageRecipes.all(),
            TokenRecipes.all(),
            ResourceRecipes.all(),
            GrantRecipes.all(),
            RegistrationRecipes.all(),
            SigningRecipes.all(),
            NetworkRecipes.all(),
            TlsRecipes.all())
        .flatMap(List::stream)
        .toList();
  }

  /** What the catalogues have and no recipe plays, with the reason. */
  public static List<Result> unplayed() {
    return Unplayed.results();
  }
}
