package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
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
  private final Listener listener;
  private final String path;
  private final AtomicReference<SigningKey> published;

  private PublishedKey(Play play, Lab lab) throws IOException {
    this.play = play;
    this.lab = lab;
    this.listener = lab.listener();
    this.path = "/keys-" + lab.random128();
    this.published = new AtomicReference<>(lab.newKey());
    listener.serve(path, _ -> HttpResponse.json(200, RotatedKey.keys(published.get())));
  }

  /** Plays it, if there is somewhere to listen. */
  static void play(Play play, Lab lab) throws IOException {
    if (Need.LISTENER.isMet(lab.target(), lab.server())) {
      new PublishedKey(play, lab).play();
    }
  }

  private void play() throws IOException {
    Answer answer = RotatedKey.register(lab, "jwks_uri", listener.at(path).toString());
    if (!answer.isSuccess()) {
      notTaken(answer);
      return;
    }
    JsonObject registered = RotatedKey.got(answer);
    RotatedKey.Access access = RotatedKey.access(registered);
    try {
      rotated(RotatedKey.needed(registered, "client_id"), RotatedKey.scope(registered));
    } catch (NoAnswerException e) {
      play.unclear(WHAT, "the server did not answer in time, " + asked(), RotatedKey.RULE);
    } finally {
      RotatedKey.end(lab, access);
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

  private Answer pushed(String id, String scope, SigningKey key) throws IOException {
    return lab.caller(RotatedKey.client(id, scope, key)).attacking().push().send();
  }

  private void rotated(String id, String scope) throws IOException {
    SigningKey before = published.get();
    Answer first = pushed(id, scope, before);
    if (!first.isSuccess()) {
      notTaken(first);
      return;
    }
    play.twin("a client pushes by the key that it publishes", first);
    for (int i = 0; i < UNKNOWN; i++) {
      pushed(id, scope, lab.newKey());
    }
    play.should(
        UNKNOWN + " keys that are not there make the server look only a few times",
        looks() <= FEW,
        asked(),
        RotatedKey.RULE);
    if (lab.target().bounds().heavy()) {
      replaced(id, scope, before);
    }
  }

  private void replaced(String id, String scope, SigningKey before) throws IOException {
    SigningKey after = lab.newKey();
    published.set(after);
    lab.waitUntil(lab.now().plus(LOOKS_AGAIN));
    play.twin("it publishes another key, and pushes by it", pushed(id, scope, after));
    play.refused(
        "the key that is not published any more",
        pushed(id, scope, before),
        Expected.invalidClient(RotatedKey.RULE));
    play.refused(
        "the same under the kid of the new one",
        pushed(id, scope, Keys.named(before, after.kid())),
        Expected.invalidClient(RotatedKey.RULE));
  }
}
