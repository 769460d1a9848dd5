package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** A code that is redeemed many times at once. */
final class CodeRace implements Recipe {
  private static final String RULE = "SP-5.3.2.2-9";
  private static final int AT_ONCE = 20;
  private static final int ROUNDS = 3;

  @Override
  public About about() {
    return About.of("A1-20", "code-race")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "a code is taken in one atomic step")
        .means("A code gives tokens twice to whoever is quick enough.")
        .change("Mark the code as used and check that it was not in one step of the store.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    play.twin("a code is redeemed", () -> client.tokens(browser, lab.victim()));
    for (int round = 1; round <= ROUNDS; round++) {
      Coded coded = client.coded(browser, lab.victim());
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        calls.add(client.attacking().redeem(coded)::send);
      }
      List<Answer> answers = lab.inParallel(calls);
      long taken = answers.stream().filter(Answer::isSuccess).count();
      String what = AT_ONCE + " times at once, round " + round;
      String found = taken + " were answered with tokens";
      play.holds(what + ": not more than one is taken", taken <= 1, found, RULE);
      if (answers.stream().filter(Answer::isBusy).count() > AT_ONCE - 2) {
        play.unclear(what, "the server was too busy for all but one, so that nothing raced", RULE);
      }
      play.should(what + ": one is taken", taken == 1, found, RULE);
      play.should(
          what + ": the others are told why",
          answers.stream().filter(answer -> !answer.isSuccess()).allMatch(CodeRace::isRefusal),
          answers.stream().map(Answer::brief).distinct().sorted().collect(Collectors.joining(", ")),
          RULE);
    }
  }

  /** RFC 6749 section 4.1.2; a server that is busy may say so. */
  private static boolean isRefusal(Answer answer) {
    return answer.error().filter("invalid_grant"::equals).isPresent() || answer.isBusy();
  }
}
