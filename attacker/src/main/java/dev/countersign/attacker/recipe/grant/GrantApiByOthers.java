package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.recipe.grant.Grants.Held;
import dev.countersign.attacker.recipe.grant.Grants.Manager;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The API of grants, with tokens that are not for it. */
final class GrantApiByOthers implements Recipe {
  private static final Expected NO_TOKEN = Expected.refusal("GM-6.6-3").status(401);
  private static final Expected NO_SCOPE = Expected.refusal("GM-6.6-2").status(403);
  private static final Expected NOT_OWN = Expected.refusal("GM-6.6-2").status(403, 404);

  @Override
  public About about() {
    return About.of("ATT-81", "grant-api-by-others")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.GRANT_MANAGEMENT, Need.SECOND_CLIENT, Need.USER)
        .stoppedBy(
            "GM-6.6-2", "a bound token of the grant's own client, with the scope of what is done")
        .means("Others learn what a person allowed, or end it.")
        .change(
            "At the grant management endpoint judge the token as a resource server does, then its"
                + " scope, then whether the grant is its client's.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Grants grants = new Grants(lab);
    List<Manager> managers = grants.managers(2);
    Manager owner = managers.getFirst();
    Held held =
        play.twin(
            "a person allows a client something",
            () ->
                grants.allowed(
                    owner.client(), grants.create(owner.client()), lab.browser(), lab.victim()));
    play.twin("the client asks about it", owner.ask(held.id()).send());
    byOthers(play, managers.getLast(), held.id());
    byOtherTokens(play, grants, owner, held);
    unbound(play, lab, owner, held.id());
    play.refused(
        "a list of all grants",
        grants.at(owner.client(), owner.token(), "").send(),
        Expected.refusal("GM-6-1"));
    play.refused(
        "a grant that is none",
        owner.ask(lab.random128()).send(),
        Expected.refusal("GM-6.6-1").status(404));
    play.twin("the grant is still there", owner.ask(held.id()).send());
    play.twin("its client ends it", owner.end(held.id()).send());
    play.refused(
        "a grant that was ended",
        owner.ask(held.id()).send(),
        Expected.refusal("GM-6.6-1").status(404));
  }

  private static void byOthers(Play play, Manager other, String id) throws IOException {
    play.refused("another client asks", other.ask(id).send(), NOT_OWN);
    play.refused("another client ends it", other.end(id).send(), NOT_OWN);
  }

  private static void byOtherTokens(Play play, Grants grants, Manager owner, Held held)
      throws IOException {
    Caller client = owner.client();
    String toAsk = only(play, grants, client, Grants.QUERY);
    String toEnd = only(play, grants, client, Grants.REVOKE);
    String path = "/" + held.id();
    play.refused(
        "ending by a token to ask",
        grants.at(client, toAsk, path).method("DELETE").send(),
        NO_SCOPE);
    play.refused("asking by a token to end", grants.at(client, toEnd, path).send(), NO_SCOPE);
    // It lacks the scope, and it may be for another resource server alone: either is right.
    Expected either = Expected.refusal("GM-6.6-2").status(401, 403);
    String persons = held.tokens().access();
    play.refused("asking by the person's token", grants.at(client, persons, path).send(), either);
    play.refused(
        "ending by the person's token",
        grants.at(client, persons, path).method("DELETE").send(),
        either);
  }

  private static String only(Play play, Grants grants, Caller client, String scope)
      throws IOException {
    return play.twin(
        "the client gets a token for " + scope + " alone",
        () ->
            grants
                .ownToken(client, scope)
                .orElseThrow(() -> new TwinFailedException("there is none for " + scope)));
  }

  /** As somebody who saw the token would send it. */
  private static void unbound(Play play, Lab lab, Manager owner, String id) throws IOException {
    play.refused("no token", attacks(owner, id).withoutToken().send(), NO_TOKEN);
    play.refused(
        "a token that was changed",
        owner.grants().at(owner.client().attacking(), owner.token() + "x", "/" + id).send(),
        NO_TOKEN);
    if (owner.client().provesKey()) {
      play.refused("no proof", attacks(owner, id).unproved().send(), NO_TOKEN);
      play.refused(
          "as a bearer token", attacks(owner, id).scheme("Bearer").unproved().send(), NO_TOKEN);
      Caller thief = owner.client().attacking().withKey(lab.newKey());
      play.refused(
          "a proof by another key",
          owner.grants().at(thief, owner.token(), "/" + id).send(),
          NO_TOKEN);
    } else {
      play.refused(
          "no certificate", attacks(owner, id).certificate(Optional.empty()).send(), NO_TOKEN);
    }
    play.refused(
        "ended by whoever saw the token",
        owner.client().provesKey()
            ? attacks(owner, id).method("DELETE").unproved().send()
            : attacks(owner, id).method("DELETE").certificate(Optional.empty()).send(),
        NO_TOKEN);
  }

  private static ResourceCall attacks(Manager owner, String id) throws IOException {
    return owner.grants().at(owner.client().attacking(), owner.token(), "/" + id);
  }
}
