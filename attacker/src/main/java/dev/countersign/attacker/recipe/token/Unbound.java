package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.deployment.TestClient;
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
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client asks for tokens and shows nothing that they could be bound to. */
final class Unbound implements Recipe {
  private static final String RULE = "SP-5.3.2.1-4";

  @Override
  public About about() {
    return About.of("ATT-56", "unbound-token")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "every access token is bound to a key")
        .means("There are tokens that anybody can use who sees them.")
        .change("Refuse every token request that has neither DPoP proof nor client certificate.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    List<TestClient> clients = lab.target().clients();
    if (clients.stream().anyMatch(one -> !one.boundByCertificate())) {
      withoutProof(play, lab.proving(), lab);
    }
    if (clients.stream().anyMatch(TestClient::boundByCertificate)) {
      withoutCertificate(play, lab.caller(0, TestClient::boundByCertificate), lab);
    }
  }

  private static void withoutProof(Play play, Caller client, Lab lab) throws IOException {
    UserAgent browser = lab.browser();
    Tokens bound = play.twin("tokens by a proof", () -> client.tokens(browser, lab.victim()));
    play.should(
        "token_type says DPoP",
        bound.type().equalsIgnoreCase("DPoP"),
        "token_type is " + bound.type(),
        "DP-5");
    Expected refused = Expected.error(RULE, "invalid_dpop_proof", "invalid_request").status(400);
    Coded coded = play.twin("a code", () -> client.coded(browser, lab.victim()));
    play.refused(
        "a code without a proof", client.attacking().redeem(coded).unproved().send(), refused);
    if (bound.refresh().isPresent()) {
      play.refused(
          "a refresh without a proof",
          client.attacking().refresh(bound.needRefresh()).unproved().send(),
          refused);
    }
  }

  private static void withoutCertificate(Play play, Caller client, Lab lab) throws IOException {
    UserAgent browser = lab.browser();
    play.twin("tokens by a certificate", () -> client.tokens(browser, lab.victim()));
    Coded coded = play.twin("a code", () -> client.coded(browser, lab.victim()));
    Expected refused =
        Expected.error(RULE, "invalid_client", "invalid_request", "invalid_grant").status(400, 401);
    play.refused(
        "a code without a certificate, where certificates are asked for",
        client.attacking().redeem(coded).certificate(Optional.empty()).send(),
        refused);
    if (lab.server().alias(Server.TOKEN).isPresent()) {
      Coded next = play.twin("another code", () -> client.coded(browser, lab.victim()));
      play.refused(
          "a code at the endpoint that asks for no certificate",
          atTheOther(client, next, lab),
          refused);
    }
  }

  private static Answer atTheOther(Caller client, Coded coded, Lab lab) throws IOException {
    byte[] form = client.attacking().redeem(coded).form().encode().getBytes(StandardCharsets.UTF_8);
    return lab.line()
        .send(
            new Outgoing(
                Move.ATTACKER_TOKEN_REQUEST,
                "POST",
                lab.server().need(Server.TOKEN, false),
                List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                form,
                client.client().certificate()));
  }
}
