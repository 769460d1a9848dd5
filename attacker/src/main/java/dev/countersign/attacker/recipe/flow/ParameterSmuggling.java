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
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parameters in the browser's URL beside the {@code request_uri}: what was pushed must win. */
final class ParameterSmuggling implements Recipe {
  private static final String RULE = "ATT-14";

  /** Errors of OpenID Connect Core section 3.1.2.6 to prompt and max_age, which nobody pushed. */
  private static final Set<String> MERGED =
      Set.of(
          "login_required",
          "consent_required",
          "interaction_required",
          "account_selection_required");

  private static final String ELSEWHERE = "https://attacker.invalid/callback";

  @Override
  public About about() {
    return About.of("A1-03", "par-smuggle-front")
        .also(RULE)
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "what was pushed counts, and nothing beside it")
        .means("Whoever makes or changes a link changes a request that the client authenticated.")
        .change("Ignore or refuse every parameter beside client_id and request_uri.");
  }

  /** The values are such that a server which takes them does something else. */
  private static List<Map.Entry<String, String>> smuggled(Lab lab) {
    String challenge = CodeChallenge.of(CodeVerifier.random(lab.random())).value();
    return List.of(
        Map.entry("redirect_uri", ELSEWHERE),
        Map.entry("scope", "openid profile email offline_access"),
        Map.entry("code_challenge", challenge),
        Map.entry("code_challenge_method", "plain"),
        Map.entry("response_mode", "fragment"),
        Map.entry("response_type", "token"),
        Map.entry("state", lab.random128()),
        Map.entry("nonce", lab.random128()),
        Map.entry("prompt", "none"),
        Map.entry("max_age", "0"),
        Map.entry("claims", "{\"id_token\":{\"email\":null}}"),
        Map.entry("authorization_details", "[{\"type\":\"payment\",\"amount\":\"1000000\"}]"),
        Map.entry("resource", "https://attacker.invalid/api"));
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    Landing.Back right =
        play.twin("a person agrees", () -> client.coded(browser, lab.victim())).back();
    Tokens twin = play.twin("the code is redeemed", () -> client.tokens(browser, lab.victim()));
    for (Map.Entry<String, String> extra : smuggled(lab)) {
      // prompt=none would go through unseen in a browser that is logged in.
      UserAgent own = extra.getKey().equals("prompt") ? lab.browser() : browser;
      smuggle(play, lab, own, extra, new Right(right, twin));
    }
  }

  /** How it goes without anything smuggled. */
  private record Right(Landing.Back back, Tokens tokens) {}

  private static void smuggle(
      Play play, Lab lab, UserAgent browser, Map.Entry<String, String> extra, Right right)
      throws IOException {
    Caller client = lab.client();
    String what = extra.getKey() + " beside the request_uri";
    Pushed pushed = client.pushed();
    Landing landing =
        browser.authorize(Flows.with(pushed.url(), extra.getKey(), extra.getValue()), lab.victim());
    if (!(landing instanceof Landing.Back back) || !Flows.isAt(landing, client)) {
      boolean refused = landing instanceof Landing.Shown shown && shown.page().status() >= 400;
      play.holds(what, refused, "the browser " + Flows.brief(landing), RULE);
      return;
    }
    if (isRefusal(back, pushed)) {
      play.should(
          what,
          back.error().filter("server_error"::equals).isEmpty(),
          "the browser " + Flows.brief(landing),
          RULE);
      return;
    }
    boolean same =
        back.code().isPresent()
            && back.first("access_token").isEmpty()
            && back.first("state").equals(Optional.of(pushed.state()))
            && (back.to().getRawFragment() == null) == (right.back().to().getRawFragment() == null);
    play.holds(
        what + " changes no response",
        same,
        same ? "the response is that of the pushed request" : "came back otherwise than asked",
        RULE);
    if (back.code().isPresent()) {
      Answer answer = client.redeem(back.code().get(), pushed.verifier()).send();
      boolean asPushed = answer.isSuccess() && sameGrant(pushed, answer, right.tokens().answer());
      play.holds(
          what + " changes no grant",
          asPushed,
          "the token endpoint answered "
              + answer.brief()
              + (asPushed ? ", as to the pushed request" : ", otherwise than to the pushed one"),
          RULE);
    }
  }

  /**
   * An error alone, told as the pushed request wants it. One that only a login or consent that was
   * not asked for explains, such as {@code login_required}, says that the parameter was taken.
   */
  static boolean isRefusal(Landing.Back back, Pushed pushed) {
    return back.error().filter(error -> !MERGED.contains(error)).isPresent()
        && back.code().isEmpty()
        && back.first("access_token").isEmpty()
        && back.first("id_token").isEmpty()
        && back.first("state").equals(Optional.of(pushed.state()));
  }

  private static boolean sameGrant(Pushed pushed, Answer answer, Answer right) {
    boolean nonce =
        answer
            .member("id_token")
            .map(token -> UnverifiedJwt.claim(token, "nonce").orElse(""))
            .map(pushed.nonce()::equals)
            .orElse(true);
    return nonce
        && answer.member("scope").equals(right.member("scope"))
        && has(answer, "authorization_details") == has(right, "authorization_details");
  }

  private static boolean has(Answer answer, String member) {
    return answer.json().filter(json -> json.has(member)).isPresent();
  }
}
