package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.Recipe;
import java.util.List;

/** The recipes of this package, in the order of the run. */
public final class JoseRecipes {
  private JoseRecipes() {}

  /** All of them. */
  public static List<Recipe> all() {
    return List.of(
        new AlgNone(),
        new AlgConfusion(),
        new AlgWeak(),
        new Psychic(),
        new KeyInHeader(),
        new KeyUrl(),
        new KidInjection(),
        new StrictJws(),
        new DuplicateClaims(),
        new IssSubClient(),
        new JtiReplay(),
        new Times(),
        new CrossJwt(),
        new AssertionForgery(),
        new AudienceInjection(),
        new TwoMethods(),
        new SecretAuth(),
        new Unauthenticated(),
        new DuplicateParameters(),
        new Oversize(),
        new CertificateSwap(),
        new CertificateAlias(),
        new CertificateHeader(),
        new GrantTypes(),
        new Timing());
  }
}
