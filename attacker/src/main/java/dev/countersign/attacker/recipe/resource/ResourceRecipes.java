package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class ResourceRecipes {
  private ResourceRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new BearerDowngrade(),
        new OtherKey(),
        new OtherCertificate(),
        new ProofReplay(),
        new ProofTarget(),
        new ProofToken(),
        new ProofNonce(),
        new ProofShape(),
        new ProofAhead(),
        new TokenPlace(),
        new TwoTokens(),
        new WrongAudience(),
        new DeadToken(),
        new WrongIntrospection(),
        new InteractionId(),
        new ForeignObject(),
        new SidePaths(),
        new ForgedToken());
  }
}
