package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many values of {@code request_uri} and {@code code}: is there anything to guess them by? */
final class RequestUriGuess implements Recipe {
  private static final int MANY = 1000;
  private static final int SOME = 200;
  private static final int CODES = 25;

  /** Below that, guessing is an attack. */
  private static final double LEAST_BITS = 64;

  /** What is seen of 128 bits in the smaller sample, whose last positions show no 64 characters. */
  private static final double RIGHT_BITS = 125;

  @Override
  public About about() {
    return About.of("A1-08", "request-uri-guess")
        .also("ATT-13")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("PAR-6", "a request_uri cannot be guessed, nor can a code")
        .means("Somebody who was told nothing comes to the requests and codes of others.")
        .change("Make both of at least 128 random bits, without counter or time (RFC 6749 10.10).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    play.twin("a person agrees", () -> lab.client().coded(lab.browser(), lab.victim()));
    Lab quiet = lab.unheard();
    int many = lab.target().bounds().heavy() ? MANY : SOME;
    List<String> requestUris = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      requestUris.add(quiet.client().pushed().requestUri());
    }
    judge(play, many + " values of request_uri", requestUris);
    List<String> codes = new ArrayList<>();
    UserAgent browser = quiet.browser();
    for (int i = 0; i < CODES; i++) {
      codes.add(quiet.client().coded(browser, quiet.victim()).code());
    }
    judge(play, CODES + " codes", codes);
  }

  private static void judge(Play play, String what, List<String> values) {
    Randomness seen = new Randomness(values);
    String bits = "about %.0f bits".formatted(seen.bits());
    play.holds(
        what + " are all different",
        seen.isDistinct(),
        seen.isDistinct() ? "none occurs twice" : "one occurs twice",
        "PAR-6");
    play.holds(what + " cannot be guessed", seen.bits() >= LEAST_BITS, bits, "PAR-6");
    play.should(what + " have 128 bits", seen.bits() >= RIGHT_BITS, bits, "PAR-6");
    double ascending = seen.ascending();
    play.should(
        what + " have no order",
        ascending > 0.1 && ascending < 0.9,
        "%.0f %% are greater than the one before".formatted(ascending * 100),
        "PAR-6");
  }
}
