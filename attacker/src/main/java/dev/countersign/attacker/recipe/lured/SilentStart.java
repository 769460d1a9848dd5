package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.CrossSiteCookies;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another site begins a flow at the client in a person's browser (login CSRF). */
final class SilentStart implements Recipe {

  @Override
  public About about() {
    return About.of("ATT-17", "login-csrf")
        .by(Attacker.A1)
        .endangers(Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.1-12", "a flow begins when the person wants it")
        .means("Any site can begin a flow at the client for who visits it, without asking.")
        .change(
            "Begin a flow only by a form with a token of the session, or compare Origin and"
                + " Sec-Fetch-Site.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    for (URI start : List.of(lured.app().startHonest(), lured.app().startHostile())) {
      UserAgent browser = lured.browser();
      String side = start.equals(lured.app().startHonest()) ? "the target's" : "the attacker's";
      play.twin("a person begins a flow with " + side, () -> lured.begin(browser, start));
      Answer linked = browser.get(start, foreign(lured, "GET"));
      play.holds(
          "another site opens the start of a flow with " + side,
          !leaves(linked, start),
          "the client answered " + linked.brief(),
          "SP-5.3.3.1-12");
      posted(play, lured, lab, start, side);
    }
  }

  /**
   * The attacker sends a form of its own session, since it cannot read one of the victim's; a
   * browser keeps SameSite cookies from such a form.
   */
  private static void posted(Play play, Lured lured, Lab lab, URI start, String side)
      throws IOException {
    Optional<UserAgent.Filled> own = UserAgent.fill(lured.browser().get(start), lab.victim());
    if (own.isEmpty()) {
      return;
    }
    UserAgent visited = lured.browser();
    boolean kept =
        visited.get(start).headers().all("Set-Cookie").stream().allMatch(CrossSiteCookies::isKept);
    UserAgent victim = kept ? lured.browser() : visited;
    Answer answer = victim.post(own.get().action(), own.get().form(), foreign(lured, "POST"));
    play.holds(
        "another site sends the form that begins a flow with " + side,
        !leaves(answer, start),
        "the client answered " + answer.brief(),
        "SP-5.3.3.1-12");
    Answer near =
        visited.post(
            own.get().action(),
            own.get().form(),
            List.of(
                Map.entry("Origin", lured.hostile().issuer()),
                Map.entry("Sec-Fetch-Site", "same-site")));
    play.should(
        "a neighbour site, to which SameSite cookies go, sends it for " + side,
        !leaves(near, start),
        "the client answered " + near.brief(),
        "SP-5.3.3.1-12");
  }

  private static boolean leaves(Answer answer, URI start) {
    return answer
        .location()
        .filter(to -> !String.valueOf(to.getRawAuthority()).equals(start.getRawAuthority()))
        .isPresent();
  }

  private static List<Map.Entry<String, String>> foreign(Lured lured, String method) {
    Map.Entry<String, String> referer = Map.entry("Referer", lured.hostile().issuer() + "/");
    Map.Entry<String, String> site = Map.entry("Sec-Fetch-Site", "cross-site");
    Map.Entry<String, String> mode = Map.entry("Sec-Fetch-Mode", "navigate");
    return method.equals("GET")
        ? List.of(referer, site, mode)
        : List.of(Map.entry("Origin", lured.hostile().issuer()), referer, site, mode);
  }
}
