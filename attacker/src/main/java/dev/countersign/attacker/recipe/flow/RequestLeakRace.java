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
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is open in two browsers. */
final class RequestLeakRace implements Recipe {
  private static final String RULE = "SP-5.3.2.2-N3";

  @Override
  public About about() {
    return About.of("A3-03", "request-leak-other-browser")
        .by(Attacker.A3A)
        .endangers(Goal.SESSION_INTEGRITY, Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.SECOND_USER)
        .stoppedBy(RULE, "the first answer uses the request up, wherever it is open")
        .means("One request gives two codes, of two people, and the client cannot tell them apart.")
        .change("Use the request up in the same step that makes the code.");
  }

  private static Pushed asked(Caller client) throws IOException {
    return client.push().but(call -> call.set("prompt", "consent")).pushed();
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Pushed right = asked(client);
    play.twin("one browser", () -> client.coded(lab.browser(), lab.victim(), right));
    Pushed pushed = asked(client);
    UserAgent first = lab.browser();
    UserAgent.Filled waiting = Flows.upToTheLast(first, pushed.url(), lab.victim());
    Landing second = lab.browser().authorize(pushed.url(), lab.attacker());
    Landing late = first.submit(waiting);
    atMostOne(play, "one after the other", List.of(second, late));
    Pushed raced = asked(client);
    UserAgent one = lab.browser();
    UserAgent other = lab.browser();
    UserAgent.Filled ofOne = Flows.upToTheLast(one, raced.url(), lab.victim());
    UserAgent.Filled ofOther = Flows.upToTheLast(other, raced.url(), lab.attacker());
    List<Answer> answers =
        lab.inParallel(
            List.of(
                () -> one.post(ofOne.action(), ofOne.form(), List.of()),
                () -> other.post(ofOther.action(), ofOther.form(), List.of())));
    atMostOne(
        play,
        "both at once",
        List.of(one.follow(answers.getFirst()), other.follow(answers.getLast())));
  }

  private static void atMostOne(Play play, String what, List<Landing> landings) {
    long codes = landings.stream().filter(at -> Flows.code(at).isPresent()).count();
    String found = landings.stream().map(Flows::brief).collect(Collectors.joining("; "));
    play.holds(what + ": at most one code", codes <= 1, codes + " codes; " + found, RULE);
  }
}
