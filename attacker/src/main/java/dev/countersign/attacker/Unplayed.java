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

  private static final String SIGNING =
      "no recipe plays a resource that answers clients with signatures yet";

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

  private static final List<Result> SIGNING_ATTACKS =
      List.of(signing("S-12", "response-sig", "ATT-64"));

  private static final List<Result> OTHERS =
      List.of(
          unplayed(
              card("A7-14", "secrets-in-logs", Attacker.A5, Goal.AUTHORIZATION)
                  .stoppedBy("A7-14", "no log holds a secret")
                  .means("Whoever reads logs can use what stands in them.")
                  .change("Look through logs and traces of your own; nobody else can see them."),
              "needs a look at the server's logs, which is not to be had from outside"),
          unplayed(
              card("ATT-22", "client-tls", Attacker.A2, Goal.AUTHORIZATION)
                  .stoppedBy("SP-5.2.1-5", "clients check certificates and speak no old TLS")
                  .means("Whoever controls the network is taken for the server by a client.")
                  .change("Check the certificate's chain, time and name; offer TLS 1.2 and 1.3."),
              "needs a place in the network between a client and its server"),
          unplayed(
              card("ATT-86", "resource-metadata-confusion", Attacker.A1A, Goal.AUTHORIZATION)
                  .stoppedBy("ATT-86", "a resource's metadata names the resource it was asked for")
                  .means("A client is led to the attacker's server by a resource's metadata.")
                  .change("Compare resource, and trust no authorization server it names unasked."),
              "needs a client that asks resources for their metadata, and one of the attacker's"));

  private Unplayed() {}

  /** As results that were not run. */
  static List<Result> results() {
    return Stream.of(CIBA_ATTACKS, SIGNING_ATTACKS, OTHERS).flatMap(List::stream).toList();
  }

  private static Result ciba(String id, String name) {
    return unplayed(
        card(id, name, Attacker.A1, Goal.AUTHORIZATION)
            .stoppedBy(id, "the user sees who asks, and for what")
            .means("Somebody is brought to agree to a request that is not theirs.")
            .change("See FAPI-CIBA section 4.1.1."),
        CIBA);
  }

  private static Result signing(String id, String name, String... others) {
    return unplayed(
        card(id, name, Attacker.A1, Goal.NON_REPUDIATION)
            .also(others)
            .stoppedBy(id, "what is signed is checked as it was signed")
            .means("A message passes as one that somebody signed, who did not.")
            .change("See FAPI 2.0 Message Signing."),
        SIGNING);
  }

  private static About.Card card(String id, String name, Attacker attacker, Goal goal) {
    return About.of(id, name).by(attacker).endangers(goal);
  }

  private static Result unplayed(About about, String reason) {
    return new Result(about, Verdict.NOT_RUN, reason, List.of());
  }
}
