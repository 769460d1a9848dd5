package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A server that is sent to fetch something from where only it can reach. */
final class ServerSideFetch implements Recipe {
  private static final String RULE = "DC-5";

  /** By no other scheme than {@code https}, nor with what has no place in such a URL. */
  private static final List<String> NO_ADDRESSES =
      List.of(
          "http://127.0.0.1/jwks",
          "http://client.example/jwks",
          "http://169.254.169.254/latest/meta-data/",
          "file:///etc/passwd",
          "ftp://127.0.0.1/jwks",
          "gopher://127.0.0.1:6379/_INFO",
          "jar:https://client.example/x.jar!/jwks",
          "data:application/json,{\"keys\":[]}",
          "https://user:secret@127.0.0.1/jwks",
          "//127.0.0.1/jwks",
          "/jwks",
          "");

  /** Where a server stands, and what is near it: this machine, its network, its cloud. */
  private static final List<String> NEAR =
      List.of(
          "127.0.0.1",
          "localhost",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "[64:ff9b::7f00:1]",
          "0.0.0.0",
          "2130706433",
          "0x7f000001",
          "0177.0.0.1",
          "127.1",
          "10.0.0.1",
          "172.16.0.1",
          "192.168.0.1",
          "[fd00::1]",
          "[fe80::1]",
          "169.254.169.254",
          "metadata.google.internal");

  @Override
  public About about() {
    return About.of("A1-46", "dcr-ssrf")
        .by(Attacker.A1)
        .endangers(Goal.BEYOND)
        .needs(Need.REGISTRATION, Need.CLIENT)
        .stoppedBy(RULE, "keys are fetched by https from public addresses alone")
        .means(
            "Through the server the attacker reaches what stands behind its firewall, such as the"
                + " credentials that a cloud hands to its machines.")
        .change(
            "Fetch jwks_uri by https alone, look at the address that is really connected to, follow"
                + " no redirects, and fetch nothing else that a registration names.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    try (Registrar registrar = new Registrar(lab)) {
      SigningKey key = lab.newKey();
      Registered own =
          play.twin("a client registers", () -> registrar.registered(registrar.right(key)));
      play.twin("it can push a request", registrar.caller(own, key).push().send());
      for (String url : NO_ADDRESSES) {
        play.refused(
            "keys at " + (url.isEmpty() ? "nowhere" : url),
            registrar.register(at(registrar, key, url)),
            refused());
      }
      for (String host : NEAR) {
        fetched(play, registrar, key, "https://" + host + "/jwks");
      }
    }
  }

  private static JsonObject at(Registrar registrar, SigningKey key, String url) {
    return Registrar.set(registrar.right(key).without("jwks"), "jwks_uri", url);
  }

  /** Refused at once, or when the keys are needed: both are right. */
  private static void fetched(Play play, Registrar registrar, SigningKey key, String url)
      throws IOException {
    Answer answer = registrar.register(at(registrar, key, url));
    Optional<Registered> made = Registrar.read(answer);
    if (made.isEmpty()) {
      play.refused("keys at " + url, answer, refused());
    } else {
      play.refused(
          "a client whose keys are at " + url,
          registrar.caller(made.get(), key).attacking().push().send(),
          Expected.error(RULE, "invalid_client").status(400, 401));
    }
  }

  private static Expected refused() {
    return Expected.error(RULE, "invalid_client_metadata").status(400);
  }
}
