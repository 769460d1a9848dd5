package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The part of {@link RotatedKey} in which the client says where its keys are ({@code jwks_uri}):
 * where the attacker listens, who hears how often somebody looks there.
 */
final class PublishedKey {
  private static final String WHAT = "keys that a client publishes where the attacker listens";
  private static final int UNKNOWN = 20;

  /** Our choice: once before, and once or twice for keys that are not there. */
  private static final int FEW = 3;

  /** Our choice: a server looks again for a key that it does not know, a minute later at last. */
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(65);

  private final Play play;
  private final Lab lab;
  private final Registrar registrar;
  private final Listener listener;
  private final String path;
  private final AtomicReference<SigningKey> published;

  private PublishedKey(Play play, Lab lab, Registrar registrar) throws IOException {
    this.play = play;
    this.lab = lab;
    this.registrar = registrar;
    this.listener = lab.listener();
    this.path = "/keys-" + lab.random128();
    this.published = new AtomicReference<>(lab.newKey());
    listener.serve(
        path,
        _ -> HttpResponse.json(200, JwkSet.of(List.of(published.get().publicJwk())).toJson()));
  }

  /** Plays it, if there is somewhere to listen. */
  static void play(Play play, Lab lab, Registrar registrar) throws IOException {
    if (Need.LISTENER.isMet(lab.target(), lab.server())) {
      new PublishedKey(play, lab, registrar).play();
    }
  }

  private void play() throws IOException {
    JsonObject metadata =
        Registrar.set(
            registrar.right(published.get()).without("jwks"),
            "jwks_uri",
            listener.at(path).toString());
    Answer answer = registrar.register(metadata);
    Optional<Registered> client = Registrar.read(answer);
    if (client.isEmpty()) {
      notTaken(answer);
      return;
    }
    try {
      rotated(client.get());
    } catch (NoAnswerException e) {
      play.unclear(WHAT, "the server did not answer in time, " + asked(), RotatedKey.RULE);
    }
  }

  /** A server may fetch from some networks alone, and then there is nothing that it could keep. */
  private void notTaken(Answer answer) {
    play.should(
        WHAT,
        answer.status() < 500,
        "not taken from there: answered " + answer.brief() + ", " + asked(),
        RotatedKey.RULE);
  }

  private String asked() {
    return "the server looked " + looks() + " times";
  }

  private int looks() {
    return listener.received(path).size();
  }

  private Answer pushed(Registered client, SigningKey key) throws IOException {
    return registrar.caller(client, key).attacking().push().send();
  }

  private void rotated(Registered client) throws IOException {
    SigningKey before = published.get();
    Answer first = pushed(client, before);
    if (!first.isSuccess()) {
      notTaken(first);
      return;
    }
    play.twin("a client pushes by the key that it publishes", first);
    for (int i = 0; i < UNKNOWN; i++) {
      pushed(client, lab.newKey());
    }
    play.should(
        UNKNOWN + " keys that are not there make the server look only a few times",
        looks() <= FEW,
        asked(),
        RotatedKey.RULE);
    if (lab.target().bounds().heavy()) {
      replaced(client, before);
    }
  }

  private void replaced(Registered client, SigningKey before) throws IOException {
    SigningKey after = lab.newKey();
    published.set(after);
    lab.waitUntil(lab.now().plus(LOOKS_AGAIN));
    play.twin("it publishes another key, and pushes by it", pushed(client, after));
    play.refused(
        "the key that is not published any more",
        pushed(client, before),
        Expected.invalidClient(RotatedKey.RULE));
    play.refused(
        "the same under the kid of the new one",
        pushed(client, Keys.named(before, after.kid())),
        Expected.invalidClient(RotatedKey.RULE));
  }
}
