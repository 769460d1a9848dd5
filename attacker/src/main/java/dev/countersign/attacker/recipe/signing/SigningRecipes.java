package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class SigningRecipes {
  private SigningRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new UnsignedRequest(),
        new RequestSmuggling(),
        new RequestObjectLimits(),
        new ForeignRequestObject(),
        new PlainBesideSigned(),
        new StrippedSignature(),
        new ConfusedLabels(),
        new FalseDigest(),
        new SignatureReplay(),
        new OddSignatureBase(),
        new IntrospectionAnswer());
  }
}
