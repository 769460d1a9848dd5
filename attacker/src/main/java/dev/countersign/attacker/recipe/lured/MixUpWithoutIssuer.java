package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of the attacker's server that do not say whose they are. */
final class MixUpWithoutIssuer implements Recipe {

  @Override
  public About about() {
    return About.of("A1-25", "mix-up-no-iss")
        .also("ATT-02")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.2-5", "an answer without the one right iss is refused")
        .means(
            "A mix-up is not noticed: the client takes an answer of any server for the one it waits"
                + " for.")
        .change(
            "Refuse every answer whose iss is missing, different or there twice (RFC 9207 section"
                + " 2.4).");
  }

  private record Variant(String what, List<String> issuers) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    String own = lured.hostile().issuer();
    String honest = lab.server().issuer().value();
    for (Variant variant : variants(own, honest)) {
      lured.refusesAnswer(
          play,
          variant.what(),
          Script.answer(right -> answer(right, variant.issuers())),
          "SP-5.3.3.2-5");
    }
  }

  private static List<Variant> variants(String own, String honest) {
    return List.of(
        new Variant("iss is missing", List.of()),
        new Variant("iss is that of the target", List.of(honest)),
        new Variant("iss is empty", List.of("")),
        new Variant("iss has a slash more", List.of(own + "/")),
        new Variant("iss is there twice, the right one first", List.of(own, honest)),
        new Variant("iss is there twice, the right one last", List.of(honest, own)),
        new Variant("the right iss is there twice", List.of(own, own)));
  }

  private static List<Map.Entry<String, String>> answer(
      List<Map.Entry<String, String>> right, List<String> issuers) {
    List<Map.Entry<String, String>> answer = new ArrayList<>(right);
    answer.removeIf(one -> one.getKey().equals("iss"));
    issuers.forEach(one -> answer.add(Map.entry("iss", one)));
    return answer;
  }
}
