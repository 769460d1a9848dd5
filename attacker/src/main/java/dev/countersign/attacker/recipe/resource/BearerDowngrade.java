package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A bound token, used as if it were for anybody. */
final class BearerDowngrade implements Recipe {
  private static final String RULE = "SP-5.3.4-5";

  @Override
  public About about() {
    return About.of("A7-01", "bearer-downgrade")
        .also("ATT-40")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "a bound token comes with proof of its key")
        .means("Whoever sees a token can use it, as if it were bound to nothing.")
        .change(
            "Look for cnf in every token, and refuse it without the proof or certificate that it"
                + " names (RFC 9449 section 7.2).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    List<TestClient> clients = lab.target().clients();
    if (clients.stream().anyMatch(one -> !one.boundByCertificate())) {
      Stolen stolen = Stolen.of(lab.proving(), play, lab);
      play.refused(
          "as Bearer, without a proof",
          stolen.call().scheme("Bearer").unproved().send(),
          Stolen.unbound(RULE));
      play.refused(
          "as DPoP, without a proof", stolen.call().unproved().send(), Stolen.unbound(RULE));
      play.refused(
          "as Bearer, with the right proof",
          stolen.call().scheme("Bearer").send(),
          Stolen.unbound("DP-12"));
    }
    if (clients.stream().anyMatch(TestClient::boundByCertificate)) {
      Stolen stolen = Stolen.of(lab.caller(0, TestClient::boundByCertificate), play, lab);
      play.refused(
          "bound to a certificate, as Bearer without it",
          stolen.call().certificate(Optional.empty()).send(),
          Stolen.unbound(RULE));
    }
  }
}
