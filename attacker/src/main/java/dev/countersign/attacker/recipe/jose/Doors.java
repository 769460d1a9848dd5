package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where an authorization server takes a JWT of a client: each refuses what is wrong with it. */
final class Doors {
  private final Play play;
  private final Lab lab;
  private final String rule;

  /** Steps of this play, of which each names this requirement. */
  Doors(Play play, Lab lab, String rule) {
    this.play = play;
    this.lab = lab;
    this.rule = rule;
  }

  /** Client assertions at the PAR endpoint. */
  void assertions(Caller client, List<Variant> variants) throws IOException {
    play.twin("the client pushes a request with a right assertion", client::pushed);
    for (Variant variant : variants) {
      play.refused(
          "assertion: " + variant.what(),
          pushWith(client, variant),
          Expected.invalidClient(rule).orError("invalid_request"));
    }
    play.still("a right assertion is still taken", client::pushed);
  }

  /** What the PAR endpoint answers to a right request with this assertion. */
  static Answer pushWith(Caller client, Variant variant) throws IOException {
    return client.attacking().push().but(call -> call.assertion(variant.change())).send();
  }

  /** Whether the target has a client that signs its requests. */
  boolean takesObjects() {
    return Need.SIGNED_REQUESTS.isMet(lab.target(), lab.server());
  }

  /** Request objects at the PAR endpoint. */
  void objects(Caller client, List<Variant> variants) throws IOException {
    play.twin("the client pushes a right request object", client::pushed);
    for (Variant variant : variants) {
      play.refused(
          "request object: " + variant.what(),
          client.attacking().push().but(call -> call.object(variant.change())).send(),
          Expected.error(rule, "invalid_request_object").status(400));
    }
    play.still("a right request object is still taken", client::pushed);
  }

  /** Whether the target has what {@link #proofs} needs. */
  boolean takesProofs() {
    return Need.DPOP.isMet(lab.target(), lab.server())
        && Need.USER.isMet(lab.target(), lab.server());
  }

  /** DPoP proofs at the token endpoint. */
  void proofs(List<Variant> variants) throws IOException {
    Caller client = lab.proving();
    Tokens tokens =
        play.twin("a right proof gives tokens", () -> client.tokens(lab.browser(), lab.victim()));
    for (Variant variant : variants) {
      play.refused(
          "DPoP proof: " + variant.what(),
          tokenCall(client, tokens.refresh()).proof(variant.change()).send(),
          Expected.error(rule, "invalid_dpop_proof").status(400));
    }
    if (tokens.refresh().isPresent()) {
      play.still(
          "a right proof still gives tokens",
          () -> Tokens.of(client.refresh(tokens.needRefresh()).send()));
    }
  }

  /** A refusal may burn a code, so each needs its own; a refresh token lives on. */
  private FormCall tokenCall(Caller client, Optional<String> refresh) throws IOException {
    return refresh.isPresent()
        ? client.attacking().refresh(refresh.get())
        : client.attacking().redeem(client.coded(lab.browser(), lab.victim()));
  }
}
