package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places for clients with certificates, visited without one. */
final class CertificateAlias implements Recipe {
  private static final String RULE = "MT-4";

  @Override
  public About about() {
    return About.of("A2-05", "mtls-alias")
        .by(Attacker.A2)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.MUTUAL_TLS, Need.USER)
        .stoppedBy(RULE, "without the certificate there is no client")
        .means("A client that is known by its certificate is believed without it.")
        .change("Answer invalid_client where the connection has no certificate of the client.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.mutualTls();
    Expected expected = Expected.invalidClient(RULE).orClosing();
    play.twin("the client pushes a request by its certificate", client::pushed);
    play.refused(
        "pushed without a certificate",
        client.attacking().push().but(call -> call.certificate(Optional.empty())).send(),
        expected);
    Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    play.refused(
        "a right code without a certificate",
        client.attacking().redeem(coded).certificate(Optional.empty()).send(),
        expected);
    Tokens tokens = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
    if (tokens.refresh().isPresent()) {
      play.refused(
          "a right refresh token without a certificate",
          client.attacking().refresh(tokens.refresh().get()).certificate(Optional.empty()).send(),
          expected);
      play.twin(
          "the client refreshes by its certificate",
          () -> Tokens.of(client.refresh(tokens.refresh().get()).send()));
    }
    if (lab.server().alias(Server.PAR).isPresent()) {
      usual(play, lab, client, expected);
    }
  }

  /** Where others push: a certificate may count there or not, and none does not count. */
  private static void usual(Play play, Lab lab, Caller client, Expected expected)
      throws IOException {
    Answer with = push(lab, client, client.client().certificate());
    play.should(
        "pushed by the certificate at the usual endpoint",
        with.status() < 500,
        "answered " + with.brief(),
        RULE);
    play.refused(
        "pushed without a certificate at the usual endpoint",
        push(lab, client, Optional.empty()),
        expected);
  }

  private static Answer push(Lab lab, Caller client, Optional<TestCertificate> shown)
      throws IOException {
    URI url = lab.server().need(Server.PAR, false);
    List<Map.Entry<String, String>> fields =
        List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
    byte[] body = client.push().call().encoded().getBytes(StandardCharsets.UTF_8);
    return lab.line().send(new Outgoing(Move.ATTACKER_REQUEST, "POST", url, fields, body, shown));
  }
}
