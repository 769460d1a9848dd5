package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A proof without the nonce that the server gave, or with another. */
final class ProofNonce implements Recipe {
  private static final String RULE = "DP-14";

  @Override
  public About about() {
    return About.of("A7-07", "nonce-downgrade")
        .also("ATT-45")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "who gave a nonce takes no proof without it")
        .means("Proofs that were made in advance, or elsewhere, are good although nonces are on.")
        .change(
            "Refuse proofs without a nonce of this server that is still young, with use_dpop_nonce"
                + " and a new one (RFC 9449 sections 8 and 9).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    String nonce =
        nonce(stolen.client(), stolen.resource().url())
            .orElseThrow(() -> new NotApplicableException("the resource gives no nonces"));
    for (ProofVariant variant : variants(nonce, stolen, lab)) {
      Answer answer = stolen.call().proofs(proof(stolen, variant)).send();
      play.refused(variant.what(), answer, Expected.error(RULE, "use_dpop_nonce").status(401));
      play.should(
          variant.what() + ": the refusal brings a fresh nonce",
          answer.headers().all("DPoP-Nonce").size() == 1,
          answer.headers().all("DPoP-Nonce").size() + " nonces came",
          "DP-13");
    }
    Answer number =
        stolen
            .call()
            .proofs(proof(stolen, new ProofVariant("", jwt -> jwt.with("nonce", 1L))))
            .send();
    play.refused(
        "a nonce that is a number",
        number,
        Expected.error(RULE, "use_dpop_nonce", "invalid_dpop_proof").status(400, 401));
    play.passes(
        "the newest nonce", stolen.client().call(stolen.resource(), stolen.token()).send(), RULE);
  }

  private static String proof(Stolen stolen, ProofVariant variant) {
    Jwt right = stolen.client().proof("GET", stolen.resource().url(), Optional.of(stolen.token()));
    return variant.change().apply(right).compact();
  }

  private static List<ProofVariant> variants(String nonce, Stolen stolen, Lab lab)
      throws IOException {
    List<ProofVariant> all = new ArrayList<>();
    all.add(new ProofVariant("no nonce", jwt -> jwt.without("nonce")));
    all.add(with("an empty nonce", ""));
    all.add(with("a nonce that nobody gave", lab.random128()));
    all.add(with("a nonce with another character", changed(nonce)));
    all.add(with("the first half of a nonce", nonce.substring(0, nonce.length() / 2)));
    URI token = lab.server().need(Server.TOKEN, false);
    String here = stolen.resource().url().getRawAuthority();
    if (!here.equals(token.getRawAuthority())) {
      nonce(stolen.client(), token)
          .ifPresent(other -> all.add(with("the authorization server's nonce", other)));
    }
    for (TestResource other : lab.target().resources()) {
      if (!other.signed() && !here.equals(other.url().getRawAuthority())) {
        stolen.client().call(other, stolen.token()).send();
        nonce(stolen.client(), other.url())
            .ifPresent(those -> all.add(with("the nonce of another resource server", those)));
      }
    }
    return all;
  }

  private static ProofVariant with(String what, String nonce) {
    return new ProofVariant(what, jwt -> jwt.with("nonce", nonce));
  }

  /** In the middle, where no bits are left over. */
  private static String changed(String nonce) {
    int at = nonce.length() / 2;
    char other = nonce.charAt(at) == 'A' ? 'B' : 'A';
    return nonce.substring(0, at) + other + nonce.substring(at + 1);
  }

  private static Optional<String> nonce(Caller client, URI url) {
    try {
      return client.proof("GET", url, Optional.empty()).claimsObject().string("nonce");
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
