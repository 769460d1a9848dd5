package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.List;

/** An assertion of one client that speaks for another. */
final class IssSubClient implements Recipe {
  private static final String RULE = "CA-2";

  @Override
  public About about() {
    return About.of("J-10", "iss-sub-client-id")
        .also("ATT-34", "ATT-36")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.TWO_ASSERTIONS)
        .stoppedBy(RULE, "iss, sub and client_id all name the client whose key signed")
        .means("A registered client can act as any other.")
        .change(
            "Take the keys of the client in sub, and demand that iss and client_id equal it (RFC"
                + " 7521 section 4.2, RFC 7523 section 3).");
  }

  private static List<Variant> variants(String own, String other) {
    return List.of(
        Variant.of(
            "iss and sub are another client", jwt -> jwt.with("iss", other).with("sub", other)),
        Variant.of("sub is another client", jwt -> jwt.with("sub", other)),
        Variant.of("iss is another client", jwt -> jwt.with("iss", other)),
        Variant.of("iss is nobody", jwt -> jwt.with("iss", "nobody")),
        Variant.of("sub is nobody", jwt -> jwt.with("sub", "nobody")),
        Variant.of("sub in another case", jwt -> jwt.with("sub", swapped(own))),
        Variant.of("sub with a space after", jwt -> jwt.with("sub", own + " ")),
        Variant.of("no iss", jwt -> jwt.without("iss")),
        Variant.of("no sub", jwt -> jwt.without("sub")));
  }

  private static String swapped(String text) {
    StringBuilder swapped = new StringBuilder();
    text.chars()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(swapped::appendCodePoint);
    return swapped.toString().equals(text) ? text + "A" : swapped.toString();
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    Caller other = lab.secondAsserting();
    play.twin("the other client pushes a request", other::pushed);
    new Doors(play, lab, RULE).assertions(client, variants(client.id(), other.id()));
    Expected expected = Expected.invalidClient(RULE).orError("invalid_request");
    play.refused(
        "the whole request of another client, by an own assertion",
        other.attacking().push().but(call -> call.assertions(client.assertion().compact())).send(),
        expected);
    play.refused(
        "the whole request of another client, its iss and sub signed by the own key",
        other
            .attacking()
            .push()
            .but(
                call ->
                    call.assertion(
                        jwt ->
                            jwt.signedBy(lab.jose(), client.key())
                                .header("kid", client.key().kid())))
            .send(),
        expected);
    if (Need.USER.isMet(lab.target(), lab.server())) {
      Coded coded =
          play.twin("a person agrees to the other", () -> other.coded(lab.browser(), lab.victim()));
      play.refused(
          "a right code of another client, with its client_id, by an own assertion",
          other
              .attacking()
              .redeem(coded)
              .set("client_id", other.id())
              .assertions(client.assertion().compact())
              .send(),
          expected);
    }
  }
}
