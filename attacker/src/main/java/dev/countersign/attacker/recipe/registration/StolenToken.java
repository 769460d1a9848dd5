package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.recipe.registration.BadMetadata.Bad;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a thief of a registration access token can do (RFC 7592), and what not even a thief can. */
final class StolenToken {
  private static final String RULE = "DC-4";

  private final Play play;
  private final Lab lab;
  private final Registrar registrar;

  private StolenToken(Play play, Lab lab, Registrar registrar) {
    this.play = play;
    this.lab = lab;
    this.registrar = registrar;
  }

  static void play(Play play, Lab lab, Registrar registrar) throws IOException {
    new StolenToken(play, lab, registrar).steal();
  }

  private void steal() throws IOException {
    SigningKey owner = lab.newKey();
    Registered client =
        play.twin("a client registers", () -> registrar.registered(registrar.right(owner)));
    if (client.url().isEmpty() || client.token().isEmpty()) {
      return;
    }
    weaken(client, registrar.right(owner));
    play.twin("the client still works", registrar.caller(client, owner).push().send());
    change(client, owner);
  }

  /** Nothing may be replaced by what could not be registered. */
  private void weaken(Registered client, JsonObject right) throws IOException {
    for (Bad bad :
        List.of(
            new Bad("replaced by no authentication", Registrar.METHOD, "none", "DC-5", true),
            new Bad("replaced by a secret", Registrar.METHOD, "client_secret_basic", "DC-5", true),
            new Bad(
                "replaced by a redirect URI without TLS",
                Registrar.REDIRECTS,
                List.of("http://client.example/callback"),
                "SP-5.3.2.2-8",
                true))) {
      RegistrationAbuse.judge(
          play, bad, registrar.replace(client, Registrar.set(right, bad.member(), bad.value())));
    }
    Answer nameless = registrar.manage("PUT", client.needUrl(), client.token(), Optional.of(right));
    play.should(
        "replaced without client_id", !nameless.isSuccess(), "answered " + nameless.brief(), RULE);
    play.refused(
        "replaced in another client's name",
        registrar.manage(
            "PUT",
            client.needUrl(),
            client.token(),
            Optional.of(Registrar.set(right, "client_id", lab.client().id()))),
        Expected.error(RULE, "invalid_client_metadata", "invalid_request").status(400, 401, 403));
    Answer secret = registrar.replace(client, Registrar.set(right, "client_secret", "countersign"));
    play.should(
        "replaced with a secret of the client's choice",
        !secret.isSuccess() || !secret.text().contains("client_secret\""),
        "answered " + secret.brief(),
        RULE);
  }

  /**
   * The token is the credential of the registration, so whoever has it can change the keys. No two
   * may be the client then: its owner must notice.
   */
  private void change(Registered client, SigningKey owner) throws IOException {
    SigningKey thief = lab.newKey();
    Answer changed = registrar.replace(client, registrar.right(thief));
    if (!changed.isSuccess()) {
      play.refused(
          "the keys are changed by a stolen token",
          changed,
          Expected.refusal(RULE).status(400, 401, 403));
      return;
    }
    play.refused(
        "the keys from before are used after they were changed",
        registrar.caller(client, owner).attacking().push().send(),
        Expected.invalidClient(RULE));
    play.residual(
        "the keys are changed by a stolen token",
        RULE,
        "the token is the credential of the registration (RFC 7592 section 5); a software statement"
            + " with the keys would prevent it");
  }
}
