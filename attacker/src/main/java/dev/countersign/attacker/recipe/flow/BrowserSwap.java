package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The attacker begins a flow, the victim goes through it, the attacker ends it. */
final class BrowserSwap implements Recipe {
  private static final String RULE = "SP-6.5";
  private static final int TOO_LONG = 600;

  @Override
  public About about() {
    return About.of("A1-32", "browser-swap")
        .also("ATT-11")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "the response does not leak, and people see whom they answer")
        .means(
            "Somebody who is sent a link gives the attacker's session what was meant for theirs.")
        .change(
            "Nothing stops this completely: keep responses out of Referer fields and open"
                + " redirectors, requests short-lived and used once, consent clear.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    Pushed attackers = client.push().but(call -> call.set("prompt", "consent")).pushed();
    List<Answer> pages = new ArrayList<>();
    Landing landing = Flows.through(lab.browser(), attackers.url(), lab.victim(), pages);
    play.should(
        "the victim is asked before anything is given",
        !pages.isEmpty(),
        pages.size() + " pages were shown before the answer",
        "SP-5.3.2.2-13");
    play.should(
        "pages tell no other site where the victim is",
        pages.stream().allMatch(BrowserSwap::keepsReferrer),
        "Referrer-Policy of each page was looked at",
        "BCP-4.2");
    if (attackers.expiresIn() < 0) {
      play.should("the link's life is told", false, "the answer has no expires_in", "PAR-5");
    } else {
      play.holds(
          "the link is short-lived",
          attackers.expiresIn() < TOO_LONG,
          "expires_in is " + attackers.expiresIn(),
          "SP-5.3.2.2-12");
    }
    Optional<String> code = Flows.code(landing);
    if (code.isEmpty()) {
      play.should("the victim's answer", true, "the browser " + Flows.brief(landing), RULE);
      return;
    }
    play.refused(
        "the link a second time", lab.browser().authorize(attackers.url(), lab.victim()), "PAR-8");
    Answer answer = client.attacking().redeem(code.get(), attackers.verifier()).send();
    if (answer.isSuccess()) {
      play.residual(
          "the attacker's session has what the victim agreed to",
          RULE,
          "it works if the response leaks: nothing in it is bound to the browser that began");
    } else {
      play.should("the attacker's session", true, "it is answered " + answer.brief(), RULE);
    }
  }

  private static boolean keepsReferrer(Answer page) {
    return page.header("Referrer-Policy")
        .filter(policy -> policy.contains("no-referrer") || policy.contains("origin"))
        .isPresent();
  }
}
