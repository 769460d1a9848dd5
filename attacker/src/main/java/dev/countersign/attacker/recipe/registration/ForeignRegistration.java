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
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The registration of a client, with the token of another. */
final class ForeignRegistration implements Recipe {
  private static final String RULE = "DC-6";

  @Override
  public About about() {
    return About.of("A1-45", "dcm-foreign")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.REGISTRATION, Need.CLIENT)
        .stoppedBy(RULE, "a registration access token is for its own client alone")
        .means("Whoever registers a client can read, take over or delete those of others.")
        .change(
            "Compare the token with that of the client in the URL, and answer 401 whatever does not"
                + " fit, whether that client exists or not.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    try (Registrar registrar = new Registrar(lab)) {
      SigningKey mine = lab.newKey();
      SigningKey theirs = lab.newKey();
      Registered own =
          play.twin("a client registers", () -> registrar.registered(registrar.right(mine)));
      Registered other =
          play.twin("another one does", () -> registrar.registered(registrar.right(theirs)));
      URI url = other.needUrl();
      play.twin("the first reads its registration", read(registrar, own));
      Answer before = play.twin("the other reads its own", read(registrar, other));
      JsonObject taken = Registrar.replacement(other, registrar.right(mine));
      for (Credential credential : credentials(registrar, own, other)) {
        foreign(play, registrar, url, taken, credential);
      }
      elsewhere(play, lab, registrar, own);
      Answer after = play.twin("the other's token still works", read(registrar, other));
      boolean same = keys(after).equals(keys(before));
      play.holds(
          "the other's keys are as they were", same, same ? "they are" : "they changed", RULE);
      rotated(play, registrar, other, theirs);
      ended(play, registrar, own, mine);
    }
  }

  private record Credential(String what, Optional<String> token) {}

  private static List<Credential> credentials(
      Registrar registrar, Registered own, Registered other) {
    String right = other.token().orElseThrow();
    return List.of(
        new Credential("another client's token", own.token()),
        new Credential("no token", Optional.empty()),
        new Credential("the token with a letter more", Optional.of(right + "A")),
        new Credential("the token without its last letter", Optional.of(cut(right))),
        new Credential("the client id as token", Optional.of(other.id())),
        new Credential(
            "the initial access token", registrar.initialToken().or(() -> Optional.of("none"))));
  }

  private static String cut(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static void foreign(
      Play play, Registrar registrar, URI url, JsonObject taken, Credential by) throws IOException {
    for (String method : List.of("GET", "PUT", "DELETE")) {
      Answer answer =
          registrar.manage(
              method, url, by.token(), Optional.of(taken).filter(_ -> method.equals("PUT")));
      play.refused(method + " by " + by.what(), answer, denied());
      boolean told = answer.text().contains("redirect_uris") || answer.text().contains("\"jwks\"");
      play.holds(
          method + " by " + by.what() + " tells nothing",
          !told,
          told ? "the answer has metadata of the client" : "no metadata are in the answer",
          RULE);
    }
  }

  private static void elsewhere(Play play, Lab lab, Registrar registrar, Registered own)
      throws IOException {
    String url = own.needUrl().toString();
    for (String id : List.of(lab.client().id(), lab.random128())) {
      String what = id.equals(lab.client().id()) ? "a client that is not ours" : "no client";
      play.refused(
          "the token at the URL of " + what,
          registrar.manage(
              "GET", URI.create(url.replace(own.id(), id)), own.token(), Optional.empty()),
          denied());
    }
    String join = url.contains("?") ? "&" : "?";
    play.refused(
        "the token in the URL",
        registrar.manage(
            "GET",
            URI.create(url + join + "access_token=" + own.token().orElseThrow()),
            Optional.empty(),
            Optional.empty()),
        Expected.refusal(RULE).status(400, 401, 403));
  }

  /** A server may give a new token with every change (RFC 7592 section 3). */
  private static void rotated(Play play, Registrar registrar, Registered client, SigningKey key)
      throws IOException {
    Answer changed = registrar.replace(client, registrar.right(key));
    play.twin("the other replaces its registration", changed);
    Optional<String> now = changed.member("registration_access_token");
    if (now.isPresent() && !now.equals(client.token())) {
      play.refused("the token from before that", read(registrar, client), denied());
      play.twin(
          "the new token is deleted with its client",
          registrar.manage("DELETE", client.needUrl(), now, Optional.empty()));
    }
  }

  private static void ended(Play play, Registrar registrar, Registered client, SigningKey key)
      throws IOException {
    play.twin("the first client can push a request", registrar.caller(client, key).push().send());
    play.twin(
        "the first client ends its registration",
        registrar.manage("DELETE", client.needUrl(), client.token(), Optional.empty()));
    play.refused("its token after that", read(registrar, client), denied());
    play.refused(
        "the client itself after that",
        registrar.caller(client, key).attacking().push().send(),
        Expected.invalidClient("DC-4"));
  }

  private static Answer read(Registrar registrar, Registered client) throws IOException {
    return registrar.manage("GET", client.needUrl(), client.token(), Optional.empty());
  }

  private static String keys(Answer answer) {
    return answer.json().flatMap(json -> json.memberJson("jwks")).orElse("");
  }

  private static Expected denied() {
    return Expected.refusal(RULE).status(401, 403);
  }
}
