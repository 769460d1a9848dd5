package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestResource;
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
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
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
      // Who authenticates by the certificate is refused for that, which says nothing of binding.
      boolean both = clients.stream().anyMatch(Unbound::isBoundOnly);
      withoutCertificate(
          play, lab.caller(0, both ? Unbound::isBoundOnly : TestClient::boundByCertificate), lab);
    }
  }

  private static boolean isBoundOnly(TestClient client) {
    return client.boundByCertificate() && !client.authentication().isByCertificate();
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
          "a code without a certificate, at the endpoint that asks for none",
          atTheOther(client, next, lab, Optional.empty()),
          refused);
      Coded last = play.twin("a third code", () -> client.coded(browser, lab.victim()));
      shown(play, lab, client, atTheOther(client, last, lab, client.client().certificate()));
    }
  }

  /** Tokens may come of it where the certificate was seen all the same, if they are bound to it. */
  private static void shown(Play play, Lab lab, Caller client, Answer answer) throws IOException {
    String what = "a code with the certificate, at the endpoint that asks for none";
    Optional<String> token = answer.member("access_token").filter(_ -> answer.isSuccess());
    Optional<JsonObject> claims = token.flatMap(UnverifiedJwt::claims);
    Optional<TestResource> open =
        lab.target().resources().stream().filter(resource -> !resource.signed()).findFirst();
    if (token.isEmpty()) {
      play.should(what, answer.status() < 500, "answered " + answer.brief(), RULE);
    } else if (claims.isPresent()) {
      boolean bound = isBound(claims.get());
      play.holds(what, bound, "the token " + (bound ? "has" : "has not") + " x5t#S256", RULE);
    } else if (open.isPresent()) {
      Answer used =
          client.attacking().call(open.get(), token.get()).certificate(Optional.empty()).send();
      play.holds(
          what,
          !used.isSuccess(),
          "the resource answered its token without a certificate " + used.brief(),
          RULE);
    } else {
      play.unclear(what, "a token came of it that says nothing, and no resource is known", RULE);
    }
  }

  /** The token is bound to a certificate (RFC 8705 section 3.1). */
  static boolean isBound(JsonObject claims) {
    try {
      return claims.object("cnf").filter(cnf -> cnf.isString("x5t#S256")).isPresent();
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static Answer atTheOther(
      Caller client, Coded coded, Lab lab, Optional<TestCertificate> certificate)
      throws IOException {
    byte[] form = client.attacking().redeem(coded).form().encode().getBytes(StandardCharsets.UTF_8);
    return lab.line()
        .send(
            new Outgoing(
                Move.ATTACKER_TOKEN_REQUEST,
                "POST",
                lab.server().need(Server.TOKEN, false),
                List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
                form,
                certificate));
  }
}
