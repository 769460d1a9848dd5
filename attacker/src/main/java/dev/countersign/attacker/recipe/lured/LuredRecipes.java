package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class LuredRecipes {
  private LuredRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new MixUp(),
        new MixUpWithoutIssuer(),
        new AudienceInjection(),
        new ForeignIssuer(),
        new StolenTokenReturned(),
        new ForgedCallback(),
        new CrossConnection(),
        new SessionFixation(),
        new FrontChannelContent(),
        new EndpointsSwapped(),
        new TokensForged(),
        new SilentStart(),
        new SignedAnswerForged(),
        new ResourceAnswerSwapped(),
        new ResourceMetadataConfused(),
        new FalseCertificate());
  }
}
