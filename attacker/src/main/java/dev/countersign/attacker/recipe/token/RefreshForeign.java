package dev.countersign.attacker.recipe.token;

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
import dev.countersign.attacker.play.Tokens;
import java.io.IOException;

/** A stolen refresh token, used by another client and by nobody. */
final class RefreshForeign implements Recipe {

  @Override
  public About about() {
    return About.of("A5-05", "refresh-other-client")
        .also("ATT-48")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.REFRESH, Need.SECOND_CLIENT, Need.USER)
        .stoppedBy("A5-05", "a refresh token is bound to its client, which authenticates")
        .means("Whoever finds a refresh token has the access of its grant for as long as it lives.")
        .change(
            "Demand client authentication to refresh, and compare the client with that of the"
                + " grant (RFC 6749 section 6).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.refreshing();
    Caller other = Others.than(client, lab);
    Tokens first = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
    String stolen = play.twin("the client refreshes", () -> refreshed(client, first.needRefresh()));
    play.refused(
        "by another client, with its own authentication",
        other.attacking().refresh(stolen).send(),
        Expected.error("A5-05", "invalid_grant").status(400));
    play.refused(
        "without authentication",
        client.attacking().refresh(stolen).unauthenticated().send(),
        Expected.error("ATT-48", "invalid_client", "invalid_request").status(400, 401));
    play.refused(
        "without authentication, with the client_id",
        client.attacking().refresh(stolen).unauthenticated().set("client_id", client.id()).send(),
        Expected.invalidClient("ATT-48"));
    play.refused(
        "by another client under the name of the right one",
        other.attacking().refresh(stolen).set("client_id", client.id()).send(),
        Expected.error("ATT-48", "invalid_client", "invalid_request", "invalid_grant")
            .status(400, 401));
    FormCall after = client.refresh(stolen);
    play.passes("the client's own refresh afterwards", after.send(), "A5-05");
  }

  /** Where the server changes it, the new one. */
  private static String refreshed(Caller client, String refreshToken) throws IOException {
    return Tokens.of(client.refresh(refreshToken).send()).refresh().orElse(refreshToken);
  }
}
