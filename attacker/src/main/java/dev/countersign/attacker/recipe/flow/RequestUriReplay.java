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
import java.io.IOException;
import java.net.URI;

/** A {@code request_uri} after its flow is over, and one that was made up. */
final class RequestUriReplay implements Recipe {
  private static final String RULE = "PAR-8";

  @Override
  public About about() {
    return About.of("A1-05", "request-uri-replay")
        .also("ATT-13")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "a request_uri is good for one answer")
        .means("Whoever sees an old link makes further codes of a request that was answered.")
        .change("Use up a request_uri when it is answered (SP-5.3.2.2-N3), in one atomic step.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    Coded coded = play.twin("a person agrees", () -> client.coded(browser, lab.victim()));
    URI url = coded.pushed().url();
    play.refused("again in the same browser", browser.authorize(url, lab.victim()), RULE);
    play.refused("again in another browser", lab.browser().authorize(url, lab.victim()), RULE);
    play.twin("the code is redeemed", client.redeem(coded).send());
    play.refused(
        "again in the same browser, when the code is redeemed",
        browser.authorize(url, lab.victim()),
        RULE);
    String requestUri = coded.pushed().requestUri();
    String madeUp = requestUri.substring(0, Math.max(0, requestUri.length() - 22));
    play.refused(
        "a request_uri that was made up",
        browser.authorize(client.authorizationUrl(madeUp + lab.random128()), lab.victim()),
        RULE);
  }
}
