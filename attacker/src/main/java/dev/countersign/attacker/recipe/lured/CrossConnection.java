package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** An answer at the redirect URI of the other server (COAT, CORF). */
final class CrossConnection implements Recipe {

  @Override
  public About about() {
    return About.of("A1-31", "cross-connection")
        .also("ATT-23")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER, Need.SECOND_USER)
        .stoppedBy(
            "SP-5.3.3.2-5", "the server of a flow is kept with the session, not read from the URL")
        .means(
            "A code goes to the wrong server, or the attacker's account is linked to a person's.")
        .change(
            "Keep with the session which server a flow is with, and compare it with redirect URI"
                + " and iss of the answer.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    lured.twinHonest(play, lab.victim());
    String honest = lab.server().issuer().value();
    String code = lured.answered(lured.stopping(), lab.attacker()).code().orElse("");
    lured.refusesAnswer(
        play,
        "a flow with the attacker's server ends at the redirect URI for the target's",
        Script.RIGHT.backTo(lured.app().callbackHonest()),
        "SP-5.3.3.2-5");
    lured.refusesAnswer(
        play,
        "the same with a code and the iss of the target's",
        Script.answer(
                right -> List.of(Map.entry("code", code), right.get(1), Map.entry("iss", honest)))
            .backTo(lured.app().callbackHonest()),
        "SP-5.3.3.2-5");
    honestAtHostile(play, lab, lured, honest);
    honestAtHostile(play, lab, lured, lured.hostile().issuer());
  }

  private static void honestAtHostile(Play play, Lab lab, Lured lured, String issuer)
      throws IOException {
    UserAgent victim = lured.stopping();
    Landing.Back back = lured.answered(victim, lab.victim());
    Form answer =
        Form.builder()
            .add("code", back.code().orElse(""))
            .add("state", back.first("state"))
            .add("iss", issuer)
            .build();
    victim.open(URI.create(lured.app().callbackHostile() + "?" + answer.encode()));
    boolean sent = lured.redeemed(back.code().orElse(""));
    play.holds(
        "a flow with the target's server ends at the redirect URI for the attacker's, with iss of "
            + (issuer.equals(lured.hostile().issuer()) ? "the attacker's" : "the target's"),
        !sent && lured.who(victim).isEmpty(),
        sent ? "the code went to the attacker" : lured.found(victim),
        "SP-5.3.3.2-5");
  }
}
