package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class FlowRecipes {
  private FlowRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new NotPushed(),
        new PushUnauthenticated(),
        new ChosenChallenge(),
        new ParameterSmuggling(),
        new RequestUriOfAnother(),
        new RequestUriReplay(),
        new RequestUriExpired(),
        new RequestUriElsewhere(),
        new RequestUriGuess(),
        new RedirectMissing(),
        new RedirectTricks(),
        new ErrorRedirect(),
        new ResponseModeDowngrade(),
        new ResponseTypes(),
        new ChallengeDowngrade(),
        new WrongVerifier(),
        new CodeInjection(),
        new CodeOfAnother(),
        new CodeReplay(),
        new CodeRace(),
        new CodeLate(),
        new CodeRedirectSwap(),
        new IssuerPresent(),
        new BrowserSwap(),
        new RequestUrlLeak(),
        new RequestLeakForgery(),
        new RequestLeakRace(),
        new Prefetch(),
        new Repudiation());
  }
}
