package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** PKCE left out, made plain, or made of what no verifier fits. */
final class ChallengeDowngrade implements Recipe {
  private static final String RULE = "SP-5.3.2.2-5";
  private static final Expected EXPECTED = Expected.error(RULE, "invalid_request").status(400);

  @Override
  public About about() {
    return About.of("A1-15", "pkce-missing-plain-short")
        .also("ATT-08")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "every request has a challenge of S256")
        .means("A code that leaked can be injected into a flow of the attacker.")
        .change("Refuse requests without code_challenge or with another method than S256.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("S256 is taken", () -> client.coded(lab.browser(), lab.victim()));
    refused(
        play,
        lab,
        "no challenge",
        call -> call.drop("code_challenge").drop("code_challenge_method"));
    refused(play, lab, "a method and no challenge", call -> call.drop("code_challenge"));
    refused(play, lab, "an empty challenge", call -> call.set("code_challenge", ""));
    refused(play, lab, "plain", call -> call.set("code_challenge_method", "plain"));
    refused(play, lab, "plain, as no method is named", call -> call.drop("code_challenge_method"));
    for (String method : List.of("s256", "S512", "PLAIN")) {
      refused(play, lab, "the method " + method, call -> call.set("code_challenge_method", method));
    }
    String right = CodeChallenge.of(CodeVerifier.random(lab.random())).value();
    malformed(play, client, "a challenge of 42 characters", right.substring(1));
    malformed(play, client, "a challenge of 44 characters", right + "A");
    malformed(play, client, "a padded challenge", right + "=");
    malformed(play, client, "a challenge with other characters", "+/" + right.substring(2));
  }

  private static void refused(Play play, Lab lab, String what, Consumer<FormCall> change)
      throws IOException {
    Push push = lab.client().attacking().push().but(change);
    Flows.refusedAtLast(play, lab, what, push, EXPECTED);
  }

  /** No verifier fits such a challenge, so that nothing is won if it is taken. */
  private static void malformed(Play play, Caller client, String what, String challenge)
      throws IOException {
    Answer answer =
        client.attacking().push().but(call -> call.set("code_challenge", challenge)).send();
    Flows.shouldRefuse(play, what, answer, EXPECTED);
  }
}
