package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Ear;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A URL in the header from which the server is to fetch the attacker's key. */
final class KeyUrl implements Recipe {
  private static final String RULE = "SP-5.4.2-2";
  private static final Duration LISTENS = Duration.ofSeconds(2);

  @Override
  public About about() {
    return About.of("J-06", "key-url-in-header")
        .also("ATT-34")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.NON_REPUDIATION, Goal.BEYOND)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "jku and x5u are refused, and nothing is fetched from there")
        .means(
            "Anybody can sign in the client's name, or can have the server fetch what they like"
                + " from its own network.")
        .change("Refuse or ignore jku and x5u in every header; use registered keys alone.");
  }

  private static List<Variant> variants(Lab lab, URI place) {
    SigningKey own = lab.newKey();
    List<Variant> all = new ArrayList<>();
    for (String name : List.of("jku", "x5u")) {
      String url = place + "/" + name;
      all.add(
          Variant.of(
              name + " of the attacker, under the client's kid",
              jwt -> jwt.header(name, url).signedBy(lab.jose(), own)));
      all.add(
          Variant.of(
              name + " of the attacker, under its own kid",
              jwt -> jwt.header(name, url).header("kid", own.kid()).signedBy(lab.jose(), own)));
      all.add(
          Variant.of(
              name + " of the attacker, without kid",
              jwt -> jwt.header(name, url).withoutHeader("kid").signedBy(lab.jose(), own)));
    }
    return all;
  }

  private static void forge(Play play, Lab lab, URI place) throws IOException {
    Doors doors = new Doors(play, lab, RULE);
    doors.assertions(lab.asserting(), variants(lab, place));
    if (doors.takesObjects()) {
      doors.objects(lab.signingRequests(), variants(lab, place));
    }
    // Here the registered key signed: refused or not, nothing may be fetched.
    for (String name : List.of("jku", "x5u")) {
      Answer answer =
          Doors.pushWith(
              lab.asserting(), Variant.of(name, jwt -> jwt.header(name, place + "/" + name)));
      play.should(
          "assertion: " + name + " beside a right signature",
          answer.status() < 500,
          "answered " + answer.brief(),
          RULE);
    }
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    if (!Need.LISTENER.isMet(lab.target(), lab.server())) {
      forge(play, lab, URI.create("https://attacker.example"));
      return;
    }
    try (Ear ear = Ear.open(lab.target().listener().orElseThrow())) {
      forge(play, lab, lab.target().listener().orElseThrow().url());
      int heard = ear.heard(LISTENS);
      play.holds(
          "nothing was fetched from the attacker",
          heard == 0,
          heard + " connections came to the listener",
          RULE);
    }
  }
}
