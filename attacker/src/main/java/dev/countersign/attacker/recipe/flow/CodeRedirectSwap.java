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
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A code with another redirect URI than that of its request. */
final class CodeRedirectSwap implements Recipe {
  private static final String RULE = "OA-6";

  @Override
  public About about() {
    return About.of("A1-22", "code-redirect-swap")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "the redirect URI at the token endpoint is that of the request")
        .means("A code that was sent to a place of the attacker is redeemed at the client's.")
        .change("Keep the redirect URI with the code, and compare (RFC 6749 section 4.1.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    play.twin("a code with its redirect URI", () -> client.tokens(browser, lab.victim()));
    Expected other = Expected.error(RULE, "invalid_grant").status(400);
    String right = client.client().redirectUri().value();
    attack(play, lab, browser, "another", other, "https://attacker.invalid/callback");
    attack(play, lab, browser, "the right one, and more", other, right + "/more");
    attack(play, lab, browser, "the right one, with a parameter", other, right + "?a=b");
    absent(play, lab, browser, "an empty one", call -> call.set("redirect_uri", ""));
    absent(play, lab, browser, "no redirect URI", call -> call.drop("redirect_uri"));
  }

  /**
   * Where PKCE binds the code, nobody gains by leaving it out (RFC 6749 section 4.1.3 wants it).
   */
  private static void absent(
      Play play, Lab lab, UserAgent browser, String what, UnaryOperator<FormCall> change)
      throws IOException {
    Coded coded = lab.client().coded(browser, lab.victim());
    Answer answer = change.apply(lab.client().attacking().redeem(coded)).send();
    play.should(
        what,
        answer.status() == 400
            && answer
                .error()
                .filter(Set.of("invalid_grant", "invalid_request")::contains)
                .isPresent(),
        "answered " + answer.brief(),
        RULE);
  }

  /**
   * A value that is another must be refused (OA-6, RFC 6749 section 4.1.3), also where PKCE alone
   * would keep the attacker from the tokens.
   */
  private static void attack(
      Play play, Lab lab, UserAgent browser, String what, Expected expected, String redirectUri)
      throws IOException {
    Coded coded = lab.client().coded(browser, lab.victim());
    play.refused(
        what,
        lab.client().attacking().redeem(coded).set("redirect_uri", redirectUri).send(),
        expected);
  }
}
