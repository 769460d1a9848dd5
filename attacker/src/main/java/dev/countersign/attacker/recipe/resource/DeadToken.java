package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A token that was revoked, used nevertheless. */
final class DeadToken implements Recipe {
  private static final String RULE = "SP-5.3.4-3";
  private static final int TRIES = 5;

  @Override
  public About about() {
    return About.of("A7-11", "revoked-token")
        .also("ATT-51")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE, Need.REVOCATION)
        .stoppedBy(RULE, "resource servers know what was revoked")
        .means("Whoever took access away has not: tokens work until they expire.")
        .change(
            "Let resource servers ask about tokens, or tell them what was revoked, within seconds"
                + " (RFC 7662, RFC 7009 section 2).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    Tokens first = good(play, client, lab, "a token", () -> client.tokens(browser, lab.victim()));
    revoke(play, client, first.access());
    dead(play, "after it was revoked", client, first, lab);
    Tokens second =
        good(play, client, lab, "another token", () -> client.tokens(browser, lab.victim()));
    if (second.refresh().isPresent()) {
      revoke(play, client, second.needRefresh());
      Answer after = used(client, second, lab);
      play.should(
          "after its refresh token was revoked",
          !after.isSuccess(),
          "the resource answered " + after.brief(),
          "RV-2");
      Answer refreshed = client.attacking().refresh(second.needRefresh()).send();
      play.holds(
          "the refresh token after it was revoked",
          !refreshed.isSuccess(),
          "the token endpoint answered " + refreshed.brief(),
          "RV-2");
    }
    replayed(play, client, browser, lab);
    grant(play, lab);
  }

  private static void replayed(Play play, Caller client, UserAgent browser, Lab lab)
      throws IOException {
    Coded coded = play.twin("a code", () -> client.coded(browser, lab.victim()));
    Tokens third =
        good(play, client, lab, "its token", () -> Tokens.of(client.redeem(coded).send()));
    client.attacking().redeem(coded).send();
    Answer replayed = used(client, third, lab);
    play.should(
        "after its code came again",
        !replayed.isSuccess(),
        "the resource answered " + replayed.brief(),
        "SP-5.3.2.2-9");
  }

  private static Tokens good(
      Play play, Caller client, Lab lab, String what, Play.Right<Tokens> right) throws IOException {
    Tokens tokens = play.twin(what, right);
    play.twin("it is good", client.call(lab.resource(), tokens.access()).send());
    return tokens;
  }

  private static void revoke(Play play, Caller client, String token) throws IOException {
    play.twin(
        "the client revokes it", client.form("revocation_endpoint").add("token", token).send());
  }

  private static void dead(Play play, String what, Caller client, Tokens tokens, Lab lab)
      throws IOException {
    Answer answer = used(client, tokens, lab);
    play.refused(what, answer, Stolen.unbound(RULE));
  }

  /** A resource server may have asked a moment ago, so it is tried some times. */
  private static Answer used(Caller client, Tokens tokens, Lab lab) throws IOException {
    Answer answer = client.attacking().call(lab.resource(), tokens.access()).send();
    for (int i = 1; i < TRIES && answer.isSuccess(); i++) {
      answer = client.attacking().call(lab.resource(), tokens.access()).send();
    }
    return answer;
  }

  /** Whoever may end grants ends the grant of a token. */
  private static void grant(Play play, Lab lab) throws IOException {
    if (lab.server().endpoint("grant_management_endpoint").isEmpty()) {
      return;
    }
    for (TestClient client : lab.target().clients()) {
      Caller manager = lab.caller(client);
      Answer right =
          manager
              .token()
              .add("grant_type", "client_credentials")
              .add("scope", "grant_management_revoke")
              .send();
      if (right.isSuccess()) {
        ended(play, manager, Tokens.of(right).access(), lab);
        return;
      }
    }
  }

  private static void ended(Play play, Caller manager, String right, Lab lab) throws IOException {
    Answer given =
        manager
            .redeem(
                manager.coded(
                    lab.browser(),
                    lab.victim(),
                    manager
                        .push()
                        .but(call -> call.set("grant_management_action", "create"))
                        .pushed()))
            .send();
    Tokens tokens = play.twin("a token of a grant with a name", () -> Tokens.of(given));
    play.twin("it is good", manager.call(lab.resource(), tokens.access()).send());
    Optional<String> grant = given.member("grant_id");
    if (grant.isEmpty()) {
      return;
    }
    URI endpoint =
        lab.server().need("grant_management_endpoint", manager.client().boundByCertificate());
    play.twin(
        "its grant is ended",
        manager
            .call(lab.resource(), right)
            .at(URI.create(endpoint + "/" + grant.get()))
            .method("DELETE")
            .send());
    dead(play, "after its grant was ended", manager, tokens, lab);
  }
}
