package dev.countersign.attacker;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** What the catalogues have and no recipe plays, with the reason. */
final class Unplayed {
  private static final String CIBA = "needs a server with CIBA, which no recipe speaks yet";

  private static final List<Result> CIBA_ATTACKS =
      List.of(
          ciba("ATT-70", "unsolicited-authentication"),
          ciba("ATT-71", "concurrent-identical-request"),
          ciba("ATT-72", "foreign-auth-req-id"),
          ciba("ATT-73", "push-mode-fast-polling"),
          ciba("ATT-74", "forged-ping"),
          ciba("ATT-75", "ciba-request-replay"),
          ciba("ATT-76", "copied-binding-message"),
          ciba("A1-44", "ciba-poll-push-flood"));

  private static final List<Result> OTHERS =
      List.of(
          unplayed(
              card("A7-14", "secrets-in-logs", Attacker.A5, Goal.AUTHORIZATION)
                  .stoppedBy("A7-14", "no log holds a secret")
                  .means("Whoever reads logs can use what stands in them.")
                  .change("Look through logs and traces of your own; nobody else can see them."),
              "needs a look at the server's logs, which is not to be had from outside"));

  private Unplayed() {}

  /** As results that were not run. */
  static List<Result> results() {
    return Stream.of(CIBA_ATTACKS, OTHERS).flatMap(List::stream).toList();
  }

  private static Result ciba(String id, String name) {
    return unplayed(
        card(id, name, Attacker.A1, Goal.AUTHORIZATION)
            .stoppedBy(id, "the user sees who asks, and for what")
            .means("Somebody is brought to agree to a request that is not theirs.")
            .change("See FAPI-CIBA section 4.1.1."),
        CIBA);
  }

  private static About.Card card(String id, String name, Attacker attacker, Goal goal) {
    return About.of(id, name).by(attacker).endangers(goal);
  }

  private static Result unplayed(About about, String reason) {
    return new Result(about, Verdict.NOT_RUN, reason, List.of());
  }
}
