package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Request objects that are for another server, or not for now. */
final class RequestObjectLimits implements Recipe {
  private static final String AUDIENCE = "MS-5.3.1-2";
  private static final String BEGIN = "MS-5.3.1-3";
  private static final String END = "MS-5.3.1-4";
  private static final String SKEW = "SP-5.3.2.1-13";
  private static final long MINUTE = 60;
  private static final long LONGEST = 60 * MINUTE;
  private static final int TOO_EARLY = 62;
  private static final int ALLOWED = 8;

  @Override
  public About about() {
    return About.of("S-03", "jar-aud-exp-nbf")
        .also("ATT-60")
        .by(Attacker.A1, Attacker.A1A, Attacker.A2)
        .endangers(Goal.NON_REPUDIATION, Goal.SESSION_INTEGRITY)
        .needs(Need.SIGNED_REQUESTS)
        .stoppedBy(END, "an object names its server, and is good for 60 minutes at most")
        .means("What was signed for another server, or long ago, counts here and now.")
        .change("Demand aud, nbf and exp, and check them as FAPI 2.0 Message Signing 5.3.1 says.");
  }

  private record Variant(String rule, String what, UnaryOperator<Jwt> change) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.signingRequests();
    Answer right = client.push().send();
    play.twin("the client pushes a signed request", right);
    // Whose clock is wrong is not known: each case takes the clock by which it is clear.
    long here = lab.now().getEpochSecond();
    long there = Signing.time(right).orElse(here);
    for (Variant variant : audiences(lab)) {
      attack(play, client, variant);
    }
    for (Variant variant : times(Math.min(here, there), Math.max(here, there))) {
      attack(play, client, variant);
    }
    String issuer = lab.server().issuer().value();
    passes(
        play,
        client,
        new Variant(
            AUDIENCE,
            "aud with the issuer among others",
            jwt -> jwt.with("aud", List.of("https://other.example", issuer))));
    long soon = Math.min(here, there) + ALLOWED;
    passes(play, client, new Variant(SKEW, "nbf 8 s from now", jwt -> jwt.with("nbf", soon)));
  }

  private static List<Variant> audiences(Lab lab) {
    String issuer = lab.server().issuer().value();
    return List.of(
        new Variant(AUDIENCE, "no aud", jwt -> jwt.without("aud")),
        new Variant(AUDIENCE, "an empty aud", jwt -> jwt.with("aud", List.of())),
        new Variant(
            AUDIENCE, "the aud of another server", jwt -> jwt.with("aud", "https://other.example")),
        new Variant(
            AUDIENCE,
            "an aud that begins like the issuer",
            jwt -> jwt.with("aud", issuer + ".attacker.example")));
  }

  private static List<Variant> times(long early, long late) {
    return List.of(
        new Variant(BEGIN, "no nbf", jwt -> jwt.without("nbf")),
        new Variant(
            BEGIN,
            "nbf 61 minutes ago, and good until now",
            jwt -> jwt.with("nbf", early - LONGEST - MINUTE).with("exp", late + MINUTE)),
        new Variant(
            BEGIN,
            "nbf 70 minutes ago",
            jwt -> jwt.with("nbf", early - LONGEST - 10 * MINUTE).with("exp", late + MINUTE)),
        new Variant(
            SKEW,
            "nbf more than 60 s from now",
            jwt -> jwt.with("nbf", late + TOO_EARLY).with("exp", late + 5 * MINUTE)),
        new Variant(SKEW, "iat more than 60 s from now", jwt -> jwt.with("iat", late + TOO_EARLY)),
        new Variant(END, "no exp", jwt -> jwt.without("exp")),
        new Variant(
            END,
            "exp 61 minutes after nbf",
            jwt -> jwt.with("nbf", early).with("exp", early + LONGEST + MINUTE)),
        new Variant(
            END,
            "exp 2 minutes ago",
            jwt -> jwt.with("nbf", early - 5 * MINUTE).with("exp", early - 2 * MINUTE)),
        new Variant(END, "exp as text", jwt -> jwt.with("exp", String.valueOf(late + MINUTE))));
  }

  /** What is odd about iat harms nobody where nbf and exp are right. */
  private static void attack(Play play, Caller client, Variant variant) throws IOException {
    Answer answer = pushed(client.attacking(), variant);
    Expected expected = Expected.error(variant.rule(), "invalid_request_object").status(400);
    if (answer.isSuccess() && variant.what().startsWith("iat")) {
      play.should(variant.what(), false, "answered " + answer.brief(), variant.rule());
    } else {
      play.refused(variant.what(), answer, expected);
    }
  }

  private static void passes(Play play, Caller client, Variant variant) throws IOException {
    play.passes(variant.what(), pushed(client, variant), variant.rule());
  }

  private static Answer pushed(Caller client, Variant variant) throws IOException {
    return client.push().but(call -> call.object(variant.change())).send();
  }
}
