package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** A code with every verifier but its own. */
final class WrongVerifier implements Recipe {
  private static final String RULE = "SP-5.3.2.2-5";

  @Override
  public About about() {
    return About.of("A1-16", "pkce-verifier")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "a code is redeemed by the verifier of its challenge alone")
        .means("A code that leaked is redeemed in a flow of somebody else.")
        .change("Compare the hash of code_verifier with code_challenge, whatever else fits.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    play.twin("a code with its verifier", () -> client.tokens(browser, lab.victim()));
    Expected wrong = Expected.error(RULE, "invalid_grant").status(400);
    Expected none = Expected.error(RULE, "invalid_grant", "invalid_request").status(400);
    // A fresh code each: a server may let a code die of a wrong verifier.
    attack(play, lab, browser, "no verifier", none, (call, _) -> call.drop("code_verifier"));
    attack(play, lab, browser, "an empty one", none, (call, _) -> call.set("code_verifier", ""));
    for (Map.Entry<String, UnaryOperator<String>> change : changes(lab).entrySet()) {
      attack(
          play,
          lab,
          browser,
          change.getKey(),
          change.getValue().apply("A".repeat(43)).length() < 43 ? none : wrong,
          (call, pushed) -> call.set("code_verifier", change.getValue().apply(pushed.verifier())));
    }
    Pushed another = client.pushed();
    attack(
        play,
        lab,
        browser,
        "the verifier of another flow",
        wrong,
        (call, _) -> call.set("code_verifier", another.verifier()));
  }

  private static Map<String, UnaryOperator<String>> changes(Lab lab) {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("one made up", _ -> CodeVerifier.random(lab.random()).reveal());
    all.put("the challenge itself", verifier -> Caller.sha256(verifier));
    all.put("42 characters of it", verifier -> verifier.substring(0, 42));
    all.put("it and one character more", verifier -> verifier + "A");
    return all;
  }

  private static void attack(
      Play play,
      Lab lab,
      UserAgent browser,
      String what,
      Expected expected,
      BiConsumer<FormCall, Pushed> change)
      throws IOException {
    Caller client = lab.client();
    Coded coded = client.coded(browser, lab.victim());
    FormCall call = client.attacking().redeem(coded);
    change.accept(call, coded.pushed());
    play.refused(what, call.send(), expected);
  }
}
