package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.recipe.grant.Grants.Held;
import dev.countersign.attacker.recipe.grant.Grants.Manager;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;

/** A grant that another client, or another person, lays hands on. */
final class ForeignGrant implements Recipe {
  private static final String OTHER_CLIENT = "GM-5.4-5";
  private static final String OTHER_PERSON = "GM-5.4-1";

  @Override
  public About about() {
    return About.of("A1-47", "grant-mgmt-foreign")
        .also("ATT-80")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.GRANT_MANAGEMENT, Need.SECOND_CLIENT, Need.SECOND_USER)
        .stoppedBy(OTHER_CLIENT, "a grant is changed by its own client and its own person alone")
        .means(
            "Whoever learns a grant_id adds to, takes over or ends what one person allowed another"
                + " client.")
        .change(
            "Compare the client of a grant_id at the PAR endpoint and its person after the login;"
                + " refuse both with invalid_grant_id.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Grants grants = new Grants(lab);
    List<Manager> managers = grants.managers(2);
    Manager owner = managers.getFirst();
    Manager other = managers.getLast();
    Held held =
        play.twin(
            "the victim allows a client something",
            () ->
                grants.allowed(
                    owner.client(), grants.create(owner.client()), lab.browser(), lab.victim()));
    Held merged =
        play.twin(
            "the same client and person merge into the grant",
            () ->
                grants.allowed(
                    owner.client(),
                    grants.change(owner.client(), "merge", held.id()),
                    lab.browser(),
                    lab.victim()));
    Answer before = play.twin("the client asks about it", owner.ask(held.id()).send());
    changed(play, lab, owner, other, held.id());
    managed(play, other, held.id());
    Answer after = play.twin("the client asks about it again", owner.ask(held.id()).send());
    play.holds(
        "nothing of the grant was changed",
        after.text().equals(before.text()),
        "it is " + (after.text().equals(before.text()) ? "as it was" : "another"),
        OTHER_CLIENT);
    if (merged.tokens().refresh().isPresent()) {
      play.twin(
          "its refresh token still works",
          owner.client().refresh(merged.tokens().refresh().get()).send());
    }
  }

  private static void changed(Play play, Lab lab, Manager owner, Manager other, String id)
      throws IOException {
    Grants grants = owner.grants();
    for (String action : List.of("merge", "replace")) {
      Push byOther = grants.change(other.client().attacking(), action, id);
      grants.refused(
          play, action + " by another client", byOther, lab.victim(), unknown(OTHER_CLIENT));
      Push byAttacker = grants.change(owner.client().attacking(), action, id);
      grants.refused(
          play, action + " by another person", byAttacker, lab.attacker(), unknown(OTHER_PERSON));
    }
    Push unknown = grants.change(owner.client().attacking(), "merge", lab.random128());
    grants.refused(
        play, "merge into a grant that is none", unknown, lab.victim(), unknown(OTHER_PERSON));
    Held own =
        play.twin(
            "the attacker allows the client something",
            () ->
                grants.allowed(
                    owner.client(), grants.create(owner.client()), lab.browser(), lab.attacker()));
    Push lured = grants.change(owner.client().attacking(), "merge", own.id());
    grants.refused(
        play,
        "the victim is lured into a grant of the attacker",
        lured,
        lab.victim(),
        unknown(OTHER_PERSON));
  }

  private static void managed(Play play, Manager other, String id) throws IOException {
    Expected expected = Expected.refusal("GM-6.6-2").status(403, 404);
    play.refused("another client asks about it", other.ask(id).send(), expected);
    play.refused("another client ends it", other.end(id).send(), expected);
  }

  private static Expected unknown(String rule) {
    return Expected.error(rule, "invalid_grant_id").status(400);
  }
}
