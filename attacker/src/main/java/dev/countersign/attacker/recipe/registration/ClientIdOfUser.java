package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A client that wants to be taken for a person. */
final class ClientIdOfUser implements Recipe {
  private static final String RULE = "SP-6.7";

  @Override
  public About about() {
    return About.of("A1-43", "client-id-vs-sub")
        .also("ATT-39")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.REGISTRATION, Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "the server chooses client ids, and no sub is among them")
        .means("A token of the attacker's own client reads what belongs to the person.")
        .change(
            "Ignore or refuse client_id in registrations, and let the userinfo endpoint and"
                + " resources tell tokens of clients from those of people.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    try (Registrar registrar = new Registrar(lab)) {
      SigningKey key = lab.newKey();
      Registered own =
          play.twin("a client registers", () -> registrar.registered(registrar.right(key)));
      Set<String> names = names(play, lab);
      for (String name : names) {
        chosen(play, registrar, key, name);
        if (own.url().isPresent()) {
          renamed(play, registrar, own, key, name);
        }
      }
      ofItsOwn(play, lab, names);
    }
  }

  /** What a person is called: the {@code sub} and the name to log in by. */
  private static Set<String> names(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Tokens tokens =
        play.twin(
            "the victim logs in to a client", () -> client.tokens(lab.browser(), lab.victim()));
    Set<String> names = new LinkedHashSet<>();
    tokens.id().flatMap(jwt -> UnverifiedJwt.claim(jwt, "sub")).ifPresent(names::add);
    UnverifiedJwt.claim(tokens.access(), "sub").ifPresent(names::add);
    names.add(lab.victim().name());
    return names;
  }

  /** Refused, or given another name: both are right. */
  private static void chosen(Play play, Registrar registrar, SigningKey key, String name)
      throws IOException {
    Answer answer = registrar.register(Registrar.set(registrar.right(key), "client_id", name));
    Optional<Registered> made = Registrar.read(answer);
    if (made.isPresent()) {
      boolean same = made.get().id().equals(name);
      play.holds(
          "a client that asks for a person's name as its id",
          !same,
          same ? "it got the name" : "it got an id of the server's choice",
          RULE);
    } else {
      play.refused(
          "a client that asks for a person's name as its id", answer, Expected.refusal(RULE));
    }
  }

  private static void renamed(
      Play play, Registrar registrar, Registered own, SigningKey key, String name)
      throws IOException {
    Answer answer =
        registrar.manage(
            "PUT",
            own.needUrl(),
            own.token(),
            Optional.of(Registrar.set(registrar.right(key), "client_id", name)));
    Optional<Registered> now = Registrar.read(answer);
    if (now.isPresent()) {
      play.holds(
          "a client that changes its id to a person's name",
          !now.get().id().equals(name),
          "its id is " + (now.get().id().equals(name) ? "the name" : "as before"),
          RULE);
    } else {
      play.refused(
          "a client that changes its id to a person's name",
          answer,
          Expected.refusal(RULE).status(400, 401, 403));
    }
  }

  /** A token that a client got for itself must not be taken for a person's. */
  private static void ofItsOwn(Play play, Lab lab, Set<String> names) throws IOException {
    for (int i = 0; i < lab.target().clients().size(); i++) {
      Caller client = lab.caller(i, _ -> true);
      Answer answer = client.token().add("grant_type", "client_credentials").send();
      Optional<String> token = answer.member("access_token").filter(_ -> answer.isSuccess());
      if (token.isPresent()) {
        Optional<String> sub = UnverifiedJwt.claim(token.get(), "sub");
        play.holds(
            "the token that a client gets for itself is about no person",
            sub.filter(names::contains).isEmpty(),
            sub.isPresent() ? "its sub is none of the victim's names" : "it shows no sub",
            RULE);
        userinfo(play, lab, client, token.get());
        return;
      }
    }
  }

  private static void userinfo(Play play, Lab lab, Caller client, String token) throws IOException {
    if (lab.server().endpoint("userinfo_endpoint").isEmpty()) {
      return;
    }
    TestResource userinfo =
        new TestResource(
            lab.server().need("userinfo_endpoint", client.client().boundByCertificate()),
            Optional.empty(),
            "",
            Optional.empty(),
            false,
            Optional.empty());
    play.refused(
        "that token at the userinfo endpoint",
        client.attacking().call(userinfo, token).send(),
        new Expected(RULE, Set.of(401, 403), Set.copyOf(List.of()), false));
  }
}
