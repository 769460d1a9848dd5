package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Assertions that are over, not yet valid, or valid for ever. */
final class Times implements Recipe {
  private static final String SKEW = "SP-5.3.2.1-13";
  private static final int TOO_EARLY = 62;
  private static final int ALLOWED = 10;
  private static final long YEARS = 10L * 365 * 24 * 3600;

  @Override
  public About about() {
    return About.of("J-12", "assertion-times")
        .also("ATT-34")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.ASSERTION)
        .stoppedBy(SKEW, "exp, nbf and iat are checked, with 10 to 60 seconds for other clocks")
        .means("An assertion that leaked long ago, or was made in advance, still counts.")
        .change(
            "Demand exp, refuse what is over, and what begins more than 60 seconds from now; take"
                + " what begins up to 10 seconds from now.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    Answer right = client.push().send();
    play.twin("the client pushes a request", right);
    // Whose clock is wrong is not known: each case takes the clock by which it is clear.
    long here = lab.now().getEpochSecond();
    long there = right.header("Date").flatMap(Times::seconds).orElse(here);
    long early = Math.max(here, there) + TOO_EARLY;
    long allowed = Math.min(here, there) + ALLOWED;
    long over = Math.min(here, there) - 2 * TOO_EARLY;
    new Doors(play, lab, SKEW)
        .assertions(
            client,
            List.of(
                Variant.of("nbf more than 60 s from now", jwt -> jwt.with("nbf", early)),
                Variant.of(
                    "iat more than 60 s from now",
                    jwt -> jwt.with("iat", early).with("exp", early + TOO_EARLY))));
    new Doors(play, lab, "CA-3")
        .assertions(
            client,
            List.of(
                Variant.of("exp 2 minutes ago", jwt -> jwt.with("exp", over).with("iat", over - 1)),
                Variant.of("exp at the beginning of time", jwt -> jwt.with("exp", 0L)),
                Variant.of("no exp", jwt -> jwt.without("exp"))));
    passes(play, client, "nbf 10 s from now", jwt -> jwt.with("nbf", allowed));
    passes(play, client, "iat 10 s from now", jwt -> jwt.with("iat", allowed));
    Answer far = Doors.pushWith(client, Variant.of("", jwt -> jwt.with("exp", here + YEARS)));
    // RFC 7523 section 3 allows to refuse it, and does not demand that.
    play.should("assertion: exp in 10 years", !far.isSuccess(), "answered " + far.brief(), "CA-3");
  }

  private static void passes(Play play, Caller client, String what, UnaryOperator<Jwt> change)
      throws IOException {
    play.passes(
        "assertion: " + what, client.push().but(call -> call.assertion(change)).send(), SKEW);
  }

  private static Optional<Long> seconds(String date) {
    try {
      return Optional.of(
          java.time.ZonedDateTime.parse(date, java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME)
              .toEpochSecond());
    } catch (java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
