package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** The right client refreshes by a new key: each token is for the key that it was asked by. */
final class RefreshNewKey implements Recipe {
  private static final Expected REFUSED =
      Expected.error("SP-5.3.4-5", "invalid_token", "invalid_dpop_proof").status(401);

  @Override
  public About about() {
    return About.of("A5-06", "refresh-new-key")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.REFRESH, Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy("SP-5.3.4-5", "an access token is bound to the key of its own request")
        .means("A key that was replaced because it leaked can still use the newer tokens.")
        .change(
            "Bind each access token to the key of the proof it was asked by, never to that of the"
                + " grant (RFC 9449 section 5).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller old = refreshingByProof(lab);
    Caller fresh = old.withKey(lab.newKey());
    Tokens first = play.twin("tokens", () -> old.tokens(lab.browser(), lab.victim()));
    play.twin("the token is good", old.call(lab.resource(), first.access()).send());
    Answer answer = fresh.refresh(first.needRefresh()).send();
    play.passes("the client refreshes by a new key", answer, "DP-6");
    if (!answer.isSuccess()) {
      return;
    }
    Tokens second = Tokens.of(answer);
    play.passes(
        "the new token by the new key",
        fresh.call(lab.resource(), second.access()).send(),
        "SP-5.3.4-5");
    play.refused(
        "the new token by the old key",
        old.attacking().call(lab.resource(), second.access()).send(),
        REFUSED);
    play.refused(
        "the old token by the new key",
        fresh.attacking().call(lab.resource(), first.access()).send(),
        REFUSED);
  }

  private static Caller refreshingByProof(Lab lab) throws NotApplicableException {
    if (lab.target().clients().stream()
        .noneMatch(one -> one.refreshes() && !one.boundByCertificate())) {
      throw new NotApplicableException("no client has both, DPoP and refresh tokens");
    }
    return lab.caller(0, one -> one.refreshes() && !one.boundByCertificate());
  }
}
