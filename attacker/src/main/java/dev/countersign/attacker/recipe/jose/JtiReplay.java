package dev.countersign.attacker.recipe.jose;

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
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** An assertion that somebody saw, and sends once more. */
final class JtiReplay implements Recipe {
  private static final String RULE = "CA-3";

  @Override
  public About about() {
    return About.of("J-11", "jti-replay")
        .also("ATT-33")
        .by(Attacker.A1, Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "a jti is taken once until exp")
        .means("Whoever sees an assertion acts as the client as long as it lives.")
        .change(
            "Remember every jti until exp, at all endpoints and nodes together (OpenID Connect Core"
                + " section 9).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    Expected expected = Expected.invalidClient(RULE);
    String jti = lab.random128();
    FormCall first = client.push().call().assertion(jwt -> jwt.with("jti", jti));
    play.twin("the client pushes a request", first.send());
    String seen = first.sentAssertion().orElseThrow();
    play.refused(
        "the same assertion again at the PAR endpoint",
        client.attacking().push().but(call -> call.assertions(seen)).send(),
        expected);
    if (lab.server().endpoint("revocation_endpoint").isPresent()) {
      FormCall right = client.form("revocation_endpoint").add("token", lab.random128());
      play.twin("the client revokes a token that nobody has", right.send());
      play.refused(
          "the same assertion at the revocation endpoint",
          client.form("revocation_endpoint").add("token", lab.random128()).assertions(seen).send(),
          expected);
    }
    if (Need.USER.isMet(lab.target(), lab.server())) {
      // With a right code: whoever has none gets nothing anyway.
      Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
      play.refused(
          "the same assertion at the token endpoint, with a right code",
          client.attacking().redeem(coded).assertions(seen).send(),
          expected);
    }
    Answer other =
        client.attacking().push().but(call -> call.assertion(jwt -> jwt.with("jti", jti))).send();
    // The client itself would have to sign it: whoever replays cannot.
    play.should(
        "another assertion with the same jti",
        expected.statuses().contains(other.status()),
        "answered " + other.brief(),
        RULE);
    play.twin("a fresh assertion is taken", client::pushed);
  }
}
