package dev.countersign.attacker.recipe.token;

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
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** A client revokes the tokens of another. */
final class RevokeForeign implements Recipe {
  private static final String ENDPOINT = "revocation_endpoint";

  @Override
  public About about() {
    return About.of("A5-09", "revoke-foreign")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.BEYOND)
        .needs(Need.SECOND_CLIENT, Need.USER, Need.RESOURCE, Need.REVOCATION)
        .stoppedBy("RV-1", "a client revokes what was issued to it, and nothing else")
        .means("Whoever saw a token can end the access of the client that it was issued to.")
        .change(
            "Compare the client with that of the token before it is revoked (RFC 7009 section"
                + " 2.1).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Caller other = Others.than(client, lab);
    Tokens tokens = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
    play.twin("the token is good", client.call(lab.resource(), tokens.access()).send());
    revoked(play, "the access token", other.attacking(), tokens.access());
    Answer after = client.call(lab.resource(), tokens.access()).send();
    play.holds(
        "the access token is still good",
        after.isSuccess(),
        "the resource answered " + after.brief(),
        "RV-1");
    if (tokens.refresh().isPresent()) {
      revoked(play, "the refresh token", other.attacking(), tokens.needRefresh());
      Answer refreshed = client.refresh(tokens.needRefresh()).send();
      play.holds(
          "the refresh token is still good",
          refreshed.isSuccess(),
          "the token endpoint answered " + refreshed.brief(),
          "RV-1");
    }
    anybody(play, client, tokens.access());
  }

  /** A 200 without effect harms nobody, but tells the wrong client that it was done. */
  private static void revoked(Play play, String what, Caller by, String token) throws IOException {
    Answer answer = by.form(ENDPOINT).add("token", token).send();
    play.should(
        what + " of another client: an error",
        answer.status() == 400 && answer.error().isPresent(),
        "answered " + answer.brief(),
        "RV-1");
  }

  private static void anybody(Play play, Caller client, String token) throws IOException {
    play.refused(
        "without authentication",
        client
            .attacking()
            .form(ENDPOINT)
            .add("token", token)
            .unauthenticated()
            .set("client_id", client.id())
            .send(),
        Expected.invalidClient("RV-1"));
  }
}
