package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** A proof that was made for another server or endpoint, used at the token endpoint. */
final class ProofElsewhere implements Recipe {

  private record Variant(String what, UnaryOperator<Jwt> change) {}

  @Override
  public About about() {
    return About.of("A5-04", "proof-htu-elsewhere")
        .by(Attacker.A4)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER)
        .stoppedBy("DP-4", "htm and htu say what a proof is for")
        .means("A server that a client trusts by mistake can use the client's proofs elsewhere.")
        .change("Compare htm and htu with the request as it came in (RFC 9449 section 4.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.proving();
    UserAgent browser = lab.browser();
    play.twin(
        "the code is redeemed by a proof for this endpoint",
        () -> Tokens.of(client.redeem(client.coded(browser, lab.victim())).send()));
    for (Variant variant : variants(lab)) {
      Coded coded = play.twin("a code", () -> client.coded(browser, lab.victim()));
      play.refused(
          variant.what(),
          client.attacking().redeem(coded).proof(variant.change()).send(),
          Expected.error("DP-4", "invalid_dpop_proof").status(400));
    }
  }

  private static List<Variant> variants(Lab lab) throws IOException {
    String token = lab.server().need(Server.TOKEN, false).toString();
    String pushed = lab.server().need(Server.PAR, false).toString();
    return List.of(
        new Variant(
            "a proof for another server", jwt -> jwt.with("htu", "https://evil.example/token")),
        new Variant("a proof for the PAR endpoint", jwt -> jwt.with("htu", pushed)),
        new Variant(
            "a proof for the issuer", jwt -> jwt.with("htu", lab.server().issuer().value())),
        new Variant("a proof for the path alone", jwt -> jwt.with("htu", "/token")),
        new Variant("a proof for a path below", jwt -> jwt.with("htu", token + "/more")),
        new Variant(
            "a proof for http", jwt -> jwt.with("htu", token.replaceFirst("^https:", "http:"))),
        new Variant("a proof for GET", jwt -> jwt.with("htm", "GET")));
  }
}
