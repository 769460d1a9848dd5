package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.recipe.grant.Grants.Held;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;

/** What a grant allowed before it was replaced. */
final class ReplacedGrant implements Recipe {

  @Override
  public About about() {
    return About.of("ATT-84", "replaced-grant")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.GRANT_MANAGEMENT, Need.REFRESH, Need.USER, Need.RESOURCE)
        .stoppedBy("GM-5.2-5", "replace ends the refresh tokens, and what they could get")
        .means("A person who allowed less than before still gives as much as before.")
        .change(
            "On merge and replace end the refresh tokens of the grant; on replace revoke its access"
                + " tokens, too.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Grants grants = new Grants(lab);
    Caller client = lab.refreshing();
    UserAgent browser = lab.browser();
    Held first =
        play.twin(
            "a person allows a client something",
            () -> grants.allowed(client, grants.create(client), browser, lab.victim()));
    String refresh = first.tokens().needRefresh();
    String access = first.tokens().access();
    play.twin("the refresh token works", client.refresh(refresh).send());
    play.twin("the access token works", client.call(lab.resource(), access).send());
    Held second =
        play.twin(
            "the person replaces it by less",
            () -> grants.allowed(client, less(grants, client, first.id()), browser, lab.victim()));
    Caller thief = client.attacking();
    play.refused(
        "the refresh token of before",
        thief.refresh(refresh).send(),
        Expected.error("GM-5.2-5", "invalid_grant").status(400));
    Answer after = thief.call(lab.resource(), access).send();
    play.should(
        "the access token of before is dead",
        !after.isSuccess(),
        "the resource answered " + after.brief(),
        "GM-10-2");
    regained(play, client, second);
    merged(play, grants, lab, browser, second);
  }

  /** The first scope value alone, if there are several. */
  private static Push less(Grants grants, Caller client, String id) throws IOException {
    Push push = grants.change(client, "replace", id);
    List<String> scope = List.of(client.client().scope().split(" ", -1));
    return scope.size() > 1 ? push.but(call -> call.set("scope", scope.getFirst())) : push;
  }

  private static void regained(Play play, Caller client, Held second) throws IOException {
    String refresh = second.tokens().needRefresh();
    play.twin("the new refresh token works", client.refresh(refresh).send());
    if (client.client().scope().contains(" ")) {
      play.refused(
          "the new refresh token for the scope of before",
          client.attacking().refresh(refresh).set("scope", client.client().scope()).send(),
          Expected.error("GM-5.2-5", "invalid_scope").status(400));
    }
  }

  private static void merged(Play play, Grants grants, Lab lab, UserAgent browser, Held second)
      throws IOException {
    Caller client = second.client();
    Held third =
        play.twin(
            "the person merges more into it",
            () ->
                grants.allowed(
                    client, grants.change(client, "merge", second.id()), browser, lab.victim()));
    play.refused(
        "the refresh token from before the merge",
        client.attacking().refresh(second.tokens().needRefresh()).send(),
        Expected.error("GM-5.2-4", "invalid_grant").status(400));
    play.twin(
        "the refresh token of the merge works",
        client.refresh(third.tokens().needRefresh()).send());
  }
}
