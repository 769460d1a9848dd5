package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** A shared secret, or nothing, in place of the registered method. */
final class SecretAuth implements Recipe {
  private static final String RULE = "SP-5.3.2.1-6";

  @Override
  public About about() {
    return About.of("J-15", "secret-auth")
        .also("ATT-38")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "clients authenticate by an assertion or a certificate, and not otherwise")
        .means("A client can be played by a secret that leaks or is guessed, or by none.")
        .change(
            "Offer no client_secret method, and hold every client to the method it registered.");
  }

  /** {@code Basic} credentials (RFC 6749 section 2.3.1). */
  static String basic(String id, String secret) {
    String both = encoded(id) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    play.twin("the client pushes a request by its own method", client::pushed);
    for (String secret : List.of("", client.id(), "secret", "null", lab.random128())) {
      Answer answer =
          client
              .attacking()
              .push()
              .but(call -> call.unauthenticated())
              .but(call -> call.field("Authorization", basic(client.id(), secret)))
              .send();
      String what = "Basic with " + (secret.isEmpty() ? "an empty secret" : "a secret");
      play.refused(what, answer, Expected.error(RULE, "invalid_client").status(401));
      play.should(
          what + ": the answer says how to authenticate",
          answer.status() != 401 || answer.header("WWW-Authenticate").isPresent(),
          "WWW-Authenticate " + answer.header("WWW-Authenticate").orElse("is absent"),
          RULE);
      play.refused(
          (secret.isEmpty() ? "an empty client_secret" : "a client_secret") + " in the content",
          client
              .attacking()
              .push()
              .but(call -> call.unauthenticated().add("client_secret", secret))
              .send(),
          Expected.invalidClient(RULE).orError("invalid_request"));
    }
    play.refused(
        "client_id alone",
        client.attacking().push().but(FormCall::unauthenticated).send(),
        Expected.invalidClient(RULE));
    for (String method : lab.server().strings("token_endpoint_auth_methods_supported")) {
      play.should(
          "the metadata offers " + method,
          Set.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth")
              .contains(method),
          "token_endpoint_auth_methods_supported has " + method,
          RULE);
    }
  }
}
