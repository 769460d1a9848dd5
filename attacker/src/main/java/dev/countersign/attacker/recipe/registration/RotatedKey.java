package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;

/** A key that the client has replaced, because it may have leaked. */
final class RotatedKey implements Recipe {
  static final String RULE = "SP-6.8-1";

  @Override
  public About about() {
    return About.of("J-18", "rotated-key")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.REGISTRATION)
        .stoppedBy(RULE, "a key that was removed does not count any more")
        .means("A stolen key works on after the client has replaced it.")
        .change(
            "Take the keys of a client as they are now, and bound how long fetched ones count.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    try (Registrar registrar = new Registrar(lab)) {
      replaced(play, lab, registrar);
      PublishedKey.play(play, lab, registrar);
    }
  }

  private static void replaced(Play play, Lab lab, Registrar registrar) throws IOException {
    SigningKey before = lab.newKey();
    SigningKey after = lab.newKey();
    Registered client =
        play.twin("a client registers", () -> registrar.registered(registrar.right(before)));
    play.twin("it pushes by its key", () -> registrar.caller(client, before).pushed());
    play.twin("it replaces its key", registrar.replace(client, registrar.right(after)));
    play.twin("it pushes by its new key", () -> registrar.caller(client, after).pushed());
    play.refused(
        "the removed key",
        registrar.caller(client, before).attacking().push().send(),
        Expected.invalidClient(RULE));
    play.refused(
        "the removed key under the kid of the new one",
        registrar.caller(client, Keys.named(before, after.kid())).attacking().push().send(),
        Expected.invalidClient(RULE));
    play.refused(
        "the removed key without kid",
        registrar
            .caller(client, before)
            .attacking()
            .push()
            .but(call -> call.assertion(jwt -> jwt.withoutHeader("kid")))
            .send(),
        Expected.invalidClient(RULE));
  }
}
