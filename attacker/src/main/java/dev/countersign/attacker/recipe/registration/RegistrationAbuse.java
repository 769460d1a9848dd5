package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.recipe.registration.BadMetadata.Bad;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A client that registers what weakens the server, or deceives people. */
final class RegistrationAbuse implements Recipe {
  private static final String SCRIPT = "<script>countersign()";
  private static final int MOST_PAGES = 10;

  @Override
  public About about() {
    return About.of("ATT-85", "registration-abuse")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.REGISTRATION, Need.CLIENT, Need.USER)
        .stoppedBy("DC-5", "nothing is registered that the profile forbids")
        .means(
            "The attacker gets a client without the defences of the profile, or one that people"
                + " take for another's.")
        .change(
            "Judge the metadata of a registration as strictly as those that an operator writes, and"
                + " believe a software statement only if a known party signed it.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    try (Registrar registrar = new Registrar(lab)) {
      SigningKey key = lab.newKey();
      JsonObject right = registrar.right(key);
      Registered own = play.twin("a client registers", () -> registrar.registered(right));
      play.twin("it can push a request", registrar.caller(own, key).push().send());
      admitted(play, lab, registrar, right);
      for (Bad bad : BadMetadata.all(lab.random())) {
        judge(play, bad, registrar.register(Registrar.set(right, bad.member(), bad.value())));
      }
      keys(play, registrar, right);
      ForgedStatement.play(play, lab, registrar, right);
      named(play, lab, registrar, key);
      StolenToken.play(play, lab, registrar);
    }
  }

  private static void admitted(Play play, Lab lab, Registrar registrar, JsonObject right)
      throws IOException {
    if (registrar.initialToken().isEmpty()) {
      return;
    }
    URI url = lab.server().need("registration_endpoint", false);
    for (Optional<String> token : List.of(Optional.<String>empty(), Optional.of(lab.random128()))) {
      play.refused(
          token.isPresent() ? "registering with a wrong token" : "registering without a token",
          registrar.manage("POST", url, token, Optional.of(right)),
          Expected.refusal("DC-1").status(401));
    }
  }

  /** A server may refuse a value or register another in its place (RFC 7591 section 3.2.1). */
  static void judge(Play play, Bad bad, Answer answer) {
    Optional<Registered> made = Registrar.read(answer);
    if (made.isEmpty() || answer.status() >= 400) {
      play.refused(
          bad.what(),
          answer,
          Expected.error(bad.rule(), "invalid_client_metadata", "invalid_redirect_uri")
              .status(400));
      return;
    }
    boolean taken =
        Objects.equals(made.get().metadata().value(bad.member()), Optional.of(bad.value()));
    String found = taken ? "it was registered so" : "it was registered without that";
    if (bad.must()) {
      play.holds(bad.what(), !taken, found, bad.rule());
    } else {
      play.should(bad.what(), !taken, found, bad.rule());
    }
  }

  private static void keys(Play play, Registrar registrar, JsonObject right) throws IOException {
    Answer both =
        registrar.register(Registrar.set(right, "jwks_uri", "https://client.example/jwks"));
    play.should(
        "jwks and jwks_uri together", !both.isSuccess(), "answered " + both.brief(), "DC-3");
    Answer none = registrar.register(right.without("jwks"));
    play.should(
        "private_key_jwt without keys", !none.isSuccess(), "answered " + none.brief(), "DC-2");
  }

  /** The consent page says who asks, in words that the client chose. */
  private static void named(Play play, Lab lab, Registrar registrar, SigningKey key)
      throws IOException {
    String mark = "\"'>" + SCRIPT + "</script>";
    Answer answer = registrar.register(Registrar.set(registrar.right(key), "client_name", mark));
    Optional<Registered> made = Registrar.read(answer);
    if (made.isEmpty()) {
      play.refused("markup in client_name", answer, Expected.refusal("DC-3").status(400));
      return;
    }
    Caller client = registrar.caller(made.get(), key);
    UserAgent browser = lab.browser();
    Landing at = browser.open(client.push().pushed().url());
    boolean raw = false;
    for (int i = 0; i < MOST_PAGES && at instanceof Landing.Shown shown && !raw; i++) {
      raw = shown.page().text().contains(SCRIPT);
      Optional<Filled> filled = UserAgent.fill(shown.page(), lab.victim());
      if (filled.isEmpty() || shown.page().status() >= 400) {
        break;
      }
      at = browser.submit(filled.get());
    }
    play.holds(
        "markup in client_name",
        !raw,
        raw ? "it stands in a page as it is" : "no page has it as it is",
        "A1-37");
  }
}
