package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.NoAnswerException;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server that is sent to fetch something from where only it can reach. */
final class ServerSideFetch implements Recipe {
  private static final String RULE = "DC-5";
  private static final Duration WAIT = Duration.ofMillis(200);

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
          "127.1",
          "10.0.0.1",
          "172.16.0.1",
          "192.168.0.1",
          "[fd00::1]",
          "[fe80::1]",
          "169.254.169.254",
          "metadata.google.internal");

  /** What a registration can name beside keys. */
  private static final List<String> NAMED =
      List.of(
          "sector_identifier_uri",
          "logo_uri",
          "client_uri",
          "policy_uri",
          "tos_uri",
          "initiate_login_uri",
          "backchannel_logout_uri");

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
      try (LoopbackEar ear = LoopbackEar.open()) {
        heard(play, lab, registrar, ear);
      }
    }
  }

  /** Whether the server comes to this machine, if it stands on it. */
  private static void heard(Play play, Lab lab, Registrar registrar, LoopbackEar ear)
      throws IOException {
    SigningKey key = lab.newKey();
    for (String host : List.of("127.0.0.1", "localhost", "[::ffff:127.0.0.1]")) {
      String url = ear.url(host, "/jwks");
      fetched(play, registrar, key, url);
      silent(play, ear, "keys at a port of " + host);
    }
    for (String member : NAMED) {
      JsonObject metadata =
          Registrar.set(registrar.right(key), member, ear.url("127.0.0.1", "/" + member));
      used(registrar, key, registrar.register(metadata));
      silent(play, ear, member + " at a port of 127.0.0.1");
    }
    Jwt statement =
        ForgedStatement.statement(lab, key, "https://directory.example")
            .header("jku", ear.url("127.0.0.1", "/jku"));
    used(
        registrar,
        key,
        registrar.register(
            Registrar.set(registrar.right(key), "software_statement", statement.compact())));
    silent(play, ear, "a software statement whose jku is a port of 127.0.0.1");
  }

  /** Some look at what a client named only when it comes. */
  private static void used(Registrar registrar, SigningKey key, Answer answer) throws IOException {
    Optional<Registered> made = Registrar.read(answer);
    if (made.isPresent()) {
      registrar.caller(made.get(), key).attacking().push().send();
    }
  }

  private static void silent(Play play, LoopbackEar ear, String what) {
    int came = ear.heard(WAIT);
    play.holds(
        what + ": nothing is fetched",
        came == 0,
        came == 0 ? "nobody came" : "the server came " + came + " times",
        RULE);
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
      used(play, registrar.caller(made.get(), key).attacking(), url);
    }
  }

  private static void used(Play play, Caller client, String url) throws IOException {
    try {
      play.refused(
          "a client whose keys are at " + url,
          client.push().send(),
          Expected.error(RULE, "invalid_client").status(400, 401));
    } catch (NoAnswerException e) {
      play.unclear(
          "a client whose keys are at " + url,
          "the server did not answer in time, as if it were trying to connect there",
          RULE);
    }
  }

  private static Expected refused() {
    return Expected.error(RULE, "invalid_client_metadata").status(400);
  }
}
