package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.Optional;

/** Access tokens that the attacker made, or changed. */
final class ForgedToken implements Recipe {
  private static final String RULE = "AT-4";

  @Override
  public About about() {
    return About.of("ATT-50", "forged-token")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "a token is signed by the issuer, of the right type, for this server")
        .means("Whoever can write JSON can read what belongs to anybody.")
        .change(
            "Check typ, alg, signature by the issuer's keys, iss, aud and exp, each against what is"
                + " expected and not what the token says (RFC 9068 section 4, RFC 8725).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.client(), play, lab);
    Expected refused = Expected.error(RULE, "invalid_token").status(401);
    for (Forgeries.Forgery forged : Forgeries.of(stolen, lab)) {
      play.refused(forged.what(), use(stolen, forged.token()), refused);
    }
    Optional<String> id = stolen.tokens().id();
    if (id.isPresent()) {
      play.refused("the ID token", use(stolen, id.get()), refused);
    }
    if (stolen.tokens().refresh().isPresent()) {
      play.refused(
          "the refresh token", use(stolen, stolen.tokens().refresh().orElseThrow()), refused);
    }
    Answer huge = use(stolen, Forgeries.huge(stolen, lab));
    play.holds(
        "a token of 100,000 characters is refused",
        !huge.isSuccess(),
        "answered " + huge.brief(),
        RULE);
    play.should(
        "a token of 100,000 characters ends in no fault",
        huge.status() < 500,
        "answered " + huge.brief(),
        RULE);
    play.passes("the right token afterwards", use(stolen, stolen.token()), RULE);
  }

  private static Answer use(Stolen stolen, String token) throws IOException {
    Caller client = stolen.client().attacking();
    return client.call(stolen.resource(), token).send();
  }
}
