package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import java.io.IOException;
import java.net.URI;

/** What belongs to one person, asked for by the token of another. */
final class ForeignObject implements Recipe {

  @Override
  public About about() {
    return About.of("A7-15", "foreign-object")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.SECOND_USER, Need.RESOURCE, Need.FOREIGN_RESOURCE)
        .stoppedBy("A7-15", "a token opens what belongs to its person")
        .means("Everybody with an account can read what belongs to others.")
        .change("Compare the owner of each object with sub, or the consent, of the token.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    TestResource resource =
        lab.target().resources().stream()
            .filter(one -> !one.signed() && one.foreign().isPresent())
            .findFirst()
            .orElseThrow(
                () -> new NotApplicableException("the one with others' objects wants signatures"));
    URI foreign = resource.foreign().orElseThrow();
    Caller client = lab.client();
    Tokens owner =
        play.twin("a token of its owner", () -> client.tokens(lab.browser(), lab.attacker()));
    play.twin("the owner reads it", client.call(resource, owner.access()).at(foreign).send());
    Tokens other =
        play.twin("a token of another", () -> client.tokens(lab.browser(), lab.victim()));
    play.twin("it is good", client.call(resource, other.access()).send());
    play.refused(
        "another reads it",
        client.attacking().call(resource, other.access()).at(foreign).send(),
        Expected.refusal("A7-15").status(403, 404));
    String join = foreign.getRawQuery() == null ? "?" : "&";
    play.refused(
        "another reads it, and names its owner",
        client
            .attacking()
            .call(resource, other.access())
            .at(URI.create(foreign + join + "sub=" + lab.attacker().name()))
            .send(),
        Expected.refusal("A7-15").status(400, 403, 404));
  }
}
