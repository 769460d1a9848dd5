package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Grants that the profile, or the registration of the client, leaves out. */
final class GrantTypes implements Recipe {
  private static final String RULE = "SP-5.3.2.1-2";

  @Override
  public About about() {
    return About.of("A1-42", "grant-types")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "authorization_code and refresh_token, and what a client registered for")
        .means("There is a way to tokens that nobody agrees to, such as by a person's password.")
        .change("Offer no password grant, and hold every client to the grants it registered.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("the grant of a code gives tokens", () -> client.tokens(lab.browser(), lab.victim()));
    Expected unsupported =
        Expected.error(RULE, "unsupported_grant_type", "unauthorized_client").status(400);
    Map<String, String> typed = lab.victim().fill();
    play.refused(
        "password, with the right ones",
        grant(client, "password")
            .add("username", typed.getOrDefault("username", lab.victim().name()))
            .add("password", typed.getOrDefault("password", lab.random128()))
            .add("scope", client.client().scope())
            .send(),
        unsupported);
    for (String name :
        List.of(
            "implicit",
            "none",
            "Authorization_Code",
            "urn:ietf:params:oauth:grant-type:saml2-bearer",
            "urn:attacker:grant")) {
      play.refused(
          name, grant(client, name).add("scope", client.client().scope()).send(), unsupported);
    }
    play.refused(
        "an assertion as a grant (RFC 7523), for the person",
        grant(client, "urn:ietf:params:oauth:grant-type:jwt-bearer")
            .add("assertion", forged(lab, lab.victim().name()))
            .send(),
        unsupported.orError("invalid_grant"));
    play.refused(
        "a token exchange (RFC 8693) of a forged token",
        grant(client, "urn:ietf:params:oauth:grant-type:token-exchange")
            .add("subject_token", forged(lab, lab.victim().name()))
            .add("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
            .send(),
        unsupported.orError("invalid_request", "invalid_grant"));
    play.refused(
        "no grant_type",
        client.attacking().token().send(),
        Expected.error(RULE, "invalid_request", "unsupported_grant_type").status(400));
    clientCredentials(play, lab, unsupported);
  }

  /** Some clients are registered for it, which is theirs to be. */
  private static void clientCredentials(Play play, Lab lab, Expected unsupported)
      throws IOException {
    Caller client = lab.client();
    Answer answer =
        grant(client, "client_credentials").add("scope", client.client().scope()).send();
    if (answer.error().filter("invalid_scope"::equals).isPresent()) {
      // Some of it may be for people alone, as openid is, and another part not.
      answer = grant(client, "client_credentials").send();
    }
    if (answer.isSuccess()) {
      play.residual(
          "client_credentials",
          "SP-5.3.2.1-N2",
          "given: the target file does not say which grants the client is registered for");
    } else {
      play.refused("client_credentials", answer, unsupported.orError("invalid_scope"));
    }
  }

  private static FormCall grant(Caller client, String type) throws IOException {
    return client.attacking().token().add("grant_type", type);
  }

  private static String forged(Lab lab, String subject) {
    long now = lab.now().getEpochSecond();
    JsonObject claims =
        JsonObject.builder()
            .put("iss", lab.server().issuer().value())
            .put("sub", subject)
            .put("aud", lab.server().issuer().value())
            .put("iat", now)
            .put("exp", now + 60)
            .put("jti", lab.random128())
            .build();
    return Jwt.of(lab.jose(), lab.newKey(), JsonObject.builder().build(), claims).compact();
  }
}
