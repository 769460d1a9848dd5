package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Proofs that are none, at the resource and, with keys that must not be bound, at the server. */
final class ProofShape implements Recipe {
  private static final String RULE = "DP-4";
  private static final long BEHIND = 300;
  private static final long AHEAD = 65;

  @Override
  public About about() {
    return About.of("A7-08", "proof-shape")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "a proof is checked in each of its parts")
        .means("A proof that proves nothing lets a stolen token in, or binds one to a weak key.")
        .change("Check a proof in all twelve points of RFC 9449 section 4.3.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    two(play, stolen);
    for (ProofVariant variant : ProofShapes.of(stolen.client(), lab)) {
      play.refused(
          variant.what(), stolen.call().proof(variant.change()).send(), Stolen.badProof(RULE));
    }
    times(play, stolen, lab);
    // The last counts with many parsers, which RFC 7519 section 4 allows.
    Answer twice =
        stolen
            .call()
            .proof(jwt -> jwt.rawClaims(jwt.claims().replaceFirst("\\{", "{\"htm\":\"POST\",")))
            .send();
    play.should("two htm", !twice.isSuccess(), "answered " + twice.brief(), RULE);
    Answer longest = stolen.call().proof(jwt -> jwt.with("jti", "j".repeat(10_000))).send();
    play.should(
        "a jti of 10,000 characters ends in no fault",
        longest.status() < 500,
        "answered " + longest.brief(),
        "DP-15");
    weakKeys(play, lab);
  }

  private static void times(Play play, Stolen stolen, Lab lab) throws IOException {
    for (ProofVariant variant : times(lab)) {
      play.refused(
          variant.what(),
          stolen.call().proof(variant.change()).send(),
          Stolen.badProof(RULE).orError("use_dpop_nonce"));
    }
  }

  /** A nonce of now is what proofs of another time have not. */
  private static List<ProofVariant> times(Lab lab) {
    long now = lab.now().getEpochSecond();
    return List.of(
        new ProofVariant(
            "iat five minutes ago", jwt -> jwt.with("iat", now - BEHIND).without("nonce")),
        new ProofVariant(
            "iat more than a minute ahead", jwt -> jwt.with("iat", now + AHEAD).without("nonce")));
  }

  private static void two(Play play, Stolen stolen) throws IOException {
    Caller client = stolen.client();
    play.refused(
        "two DPoP fields",
        stolen.call().proofs(proof(client, stolen), proof(client, stolen)).send(),
        Stolen.badProof("DP-1"));
    play.refused(
        "two proofs in one field",
        stolen.call().proofs(proof(client, stolen) + ", " + proof(client, stolen)).send(),
        Stolen.badProof("DP-1"));
    play.refused("an empty field", stolen.call().proofs("").send(), Stolen.badProof("DP-1"));
    play.refused(
        "something that is no JWT", stolen.call().proofs("proof").send(), Stolen.badProof(RULE));
  }

  private static String proof(Caller client, Stolen stolen) {
    return client.proof("GET", stolen.resource().url(), Optional.of(stolen.token())).compact();
  }

  /** At the resource such a key is not the token's in any case; here it would become so. */
  private static void weakKeys(Play play, Lab lab) throws IOException {
    Caller client = lab.proving();
    UserAgent browser = lab.browser();
    byte[] secret = lab.random128().getBytes(StandardCharsets.US_ASCII);
    JsonObject oct = JsonObject.builder().put("kty", "oct").put("k", Keys.base64(secret)).build();
    List<ProofVariant> weak = new ArrayList<>();
    times(lab).forEach(one -> weak.add(bound(one.what(), one.change())));
    weak.addAll(
        List.of(
            bound("RSA of 1024 bits", jwt -> Keys.rsa("PS256", 1024, lab.random()).prove(jwt)),
            bound("RS256", jwt -> Keys.rsa("RS256", 2048, lab.random()).prove(jwt)),
            bound(
                "a shared secret",
                jwt -> jwt.header("alg", "HS256").header("jwk", oct).signedBy(Keys.hmac(secret)))));
    for (ProofVariant variant : weak) {
      Coded coded = play.twin("a code", () -> client.coded(browser, lab.victim()));
      FormCall call = client.attacking().redeem(coded).proof(variant.change());
      play.refused(
          variant.what(),
          call.send(),
          Expected.error(RULE, "invalid_dpop_proof", "use_dpop_nonce").status(400));
    }
    play.twin(
        "a code by a good key",
        () -> Tokens.of(client.redeem(client.coded(browser, lab.victim())).send()));
  }

  private static ProofVariant bound(String what, UnaryOperator<Jwt> change) {
    return new ProofVariant("at the token endpoint: " + what, change);
  }
}
