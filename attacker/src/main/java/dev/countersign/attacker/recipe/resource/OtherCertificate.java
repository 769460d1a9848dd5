package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.forge.Certificates;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A token that is bound to one certificate, on a connection with another. */
final class OtherCertificate implements Recipe {
  private static final String RULE = "MT-6";

  @Override
  public About about() {
    return About.of("A7-03", "other-cert")
        .also("ATT-55")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "the certificate of the connection is that of the token")
        .means("Whoever sees a token can use it by a certificate of their own.")
        .change(
            "Compare the SHA-256 thumbprint of the whole certificate with cnf.x5t#S256, not its"
                + " name (RFC 8705 section 3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    List<TestClient> bound =
        lab.target().clients().stream().filter(TestClient::boundByCertificate).toList();
    if (bound.isEmpty()) {
      throw new NotApplicableException("no client's tokens are bound to a certificate");
    }
    Stolen stolen = Stolen.of(lab.caller(0, TestClient::boundByCertificate), play, lab);
    TestCertificate right = bound.getFirst().certificate().orElseThrow();
    if (bound.size() > 1) {
      play.refused(
          "the certificate of another client",
          stolen.call().certificate(bound.get(1).certificate()).send(),
          Stolen.unbound(RULE).orClosing());
    }
    play.refused(
        "a certificate with the same name and another key",
        stolen.call().certificate(Optional.of(Certificates.selfSignedCopy(right, lab))).send(),
        Stolen.unbound(RULE).orClosing());
    play.refused(
        "a certificate with the same name and key that was made anew",
        stolen.call().certificate(Optional.of(Certificates.renewed(right, lab))).send(),
        Stolen.unbound(RULE).orClosing());
    play.refused(
        "no certificate", stolen.call().certificate(Optional.empty()).send(), Stolen.unbound(RULE));
    play.refused(
        "the right certificate in a header field",
        stolen
            .call()
            .certificate(Optional.empty())
            .field("Client-Cert", ":" + Certificates.base64(right.own()) + ":")
            .send(),
        Stolen.unbound("MT-13").status(400, 401));
  }
}
