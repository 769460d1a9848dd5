package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A code that is bound to one DPoP key, redeemed by a proof of another. */
final class KeyBoundCode implements Recipe {
  private static final String RULE = "SP-5.3.2.1-12";

  /** How a code is bound, in words and as a change of the pushed request. */
  private record Binding(String how, Consumer<FormCall> change) {}

  @Override
  public About about() {
    return About.of("A5-03", "dpop-code-binding")
        .also("ATT-47")
        .by(Attacker.A1, Attacker.A4)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER)
        .stoppedBy(RULE, "the code is bound to the key that the request named")
        .means(
            "Who stole code and verifier, and can authenticate as the client, binds the tokens to"
                + " a key of their own.")
        .change(
            "Keep dpop_jkt, or the key of the proof at the PAR endpoint, with the code, and compare"
                + " the key of the proof at the token endpoint (RFC 9449 section 10).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.proving();
    Caller thief = client.withKey(lab.newKey()).attacking();
    UserAgent browser = lab.browser();
    String own = client.dpopKey().thumbprint().value();
    List<Binding> bindings =
        List.of(
            new Binding("dpop_jkt", call -> call.set("dpop_jkt", own)),
            new Binding(
                "a proof at the PAR endpoint", call -> call.proof(UnaryOperator.identity())),
            new Binding("both", call -> call.set("dpop_jkt", own).proof(UnaryOperator.identity())));
    for (Binding binding : bindings) {
      play.twin(
          "bound by " + binding.how() + ", redeemed by that key",
          () -> Tokens.of(client.redeem(coded(client, browser, lab, binding)).send()));
      Coded stolen =
          play.twin(
              "another code, bound by " + binding.how(),
              () -> coded(client, browser, lab, binding));
      play.refused(
          "bound by " + binding.how() + ", redeemed by another key",
          thief.redeem(stolen).send(),
          Expected.error(RULE, "invalid_grant", "invalid_dpop_proof").status(400));
    }
    String others = thief.dpopKey().thumbprint().value();
    play.refused(
        "dpop_jkt and the proof at the PAR endpoint name two keys",
        client
            .attacking()
            .push()
            .but(call -> call.set("dpop_jkt", others).proof(UnaryOperator.identity()))
            .send(),
        Expected.error(RULE, "invalid_dpop_proof", "invalid_request").status(400));
  }

  private static Coded coded(Caller client, UserAgent browser, Lab lab, Binding binding)
      throws IOException {
    return client.coded(browser, lab.victim(), client.push().but(binding.change()).pushed());
  }
}
